// What the mock knows at its start.
import {MockJob} from './model.js';

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

export function sample(world, options) {
  if (options.fresh) return;
  world.users.push(
    {id: 'u1', name: 'ada', role: 'admin', root: 'ada', password: 'correct horse battery', quota: {bytes: null, files: null, connections: null, rate: null}, used: {bytes: 3.2e12, files: 1_204_113}, disabled: false, created: ago(90_000), lastSeen: ago(2)},
    {id: 'u2', name: 'grace', role: 'write', root: 'grace', password: 'correct horse battery', quota: {bytes: 500 * 1024 ** 3, files: 2_000_000, connections: 32, rate: '20M'}, used: {bytes: 4.7e11, files: 83_412}, disabled: false, created: ago(60_000), lastSeen: ago(50)},
    {id: 'u3', name: 'visitor', role: 'read', root: 'visitor', password: 'correct horse battery', quota: {bytes: 10 * 1024 ** 3, files: null, connections: 4, rate: null}, used: {bytes: 0, files: 0}, disabled: true, created: ago(20_000), lastSeen: null},
  );
  const ada = {owner: 'u1', ownerName: 'ada'};
  const grace = {owner: 'u2', ownerName: 'grace'};
  const add = (fields) => world.jobs.push(new MockJob(fields));
  if (options.million) {
    add({id: 'million', name: 'Crawl of a million pages', ...ada, rows: 1_000_000, endedRows: 412_345, state: 'running', started: ago(190), failEvery: 9973, width: 32, speed: 40, sizeBase: 400_000});
    if (options.million === 'only') return;
  }
  add({id: 'genomes', name: 'Genomes 2026-11', ...ada, rows: 83_412, endedRows: 31_870, state: 'running', started: ago(74), failEvery: 1571, width: 16, limits: {connections: 32, rate: '40M'}, note: 'For the group in Leipzig. Ask Grace before deleting.'});
  add({id: 'weather', name: 'Weather model runs, hourly, with a rather long name that has to go somewhere', ...grace, rows: 4_120, endedRows: 1_002, state: 'waiting', reason: 'window', until: new Date(Date.now() + 4 * 3_600_000).toISOString(), started: ago(900), schedule: {window: '22:00-06:00', zone: 'Europe/Berlin'}});
  add({id: 'photos', name: 'Photo archive', ...ada, rows: 12_000, endedRows: 11_240, state: 'waiting', reason: 'disk', hint: '2.1 GiB left, it goes on at 20 GiB.', started: ago(300), failEvery: 4000});
  add({id: 'maps', name: 'Map tiles, Europe', ...grace, rows: 500_000, state: 'queued', priority: 1});
  add({id: 'papers', name: 'Papers', ...ada, rows: 2_400, endedRows: 310, state: 'paused', reason: 'operator', started: ago(2_000)});
  add({id: 'tonight', name: 'Mirror for tonight', ...ada, rows: 900, state: 'scheduled', until: new Date(Date.now() + 7 * 3_600_000).toISOString()});
  add({id: 'nightly', name: 'Nightly builds', ...ada, rows: 340, state: 'done', started: ago(700), ended: ago(640)});
  add({id: 'telescope', name: 'Telescope frames', ...grace, rows: 21_000, state: 'done-with-failures', failEvery: 700, started: ago(4_000), ended: ago(2_900)});
  add({id: 'old', name: 'Old mirror', ...ada, rows: 5_000, endedRows: 1_200, state: 'cancelled', started: ago(9_000), ended: ago(8_800)});
  world.tokens.push({id: 't1', user: 'u1', name: 'backup script', scopes: ['write'], created: ago(40_000), lastUsed: ago(600), expires: new Date(Date.now() + 40 * 86_400_000).toISOString()});
  world.timetable = {text: 'Mon-08:00,2M Mon-18:00,off Tue-08:00,2M Tue-18:00,off Wed-08:00,2M Wed-18:00,off Thu-08:00,2M Thu-18:00,off Fri-08:00,2M Fri-18:00,10M Sun-20:00,off', zone: 'Europe/Berlin'};
  for (let i = 0; i < 140; i++) {
    world.audit.push({seq: 140 - i, at: ago(i * 17), who: i % 3 === 0 ? 'grace' : 'ada', what: ['job.add', 'job.pause', 'session.open', 'limits.change', 'user.add'][i % 5], target: i % 5 === 2 ? null : `job${i}`, address: '192.0.2.17'});
  }
}
