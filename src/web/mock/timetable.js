// Reads a timetable such as `Mon-08:00,2M 18:00,off` into a week of hours.
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function rateOf(text) {
  if (text === 'off') return null;
  const match = /^(\d+)([KMGT]?)$/i.exec(text);
  if (!match) throw new Error(`"${text}" is no rate. Write 10M, 512k or off.`);
  return Number(match[1]) * 1024 ** ['', 'K', 'M', 'G', 'T'].indexOf(match[2].toUpperCase());
}

export function checkTimetable(text, zone) {
  const changes = [];
  for (const part of text.trim().split(/\s+/).filter(Boolean)) {
    const match = /^(?:([A-Z][a-z]{2})-)?(\d\d):(\d\d),(\S+)$/.exec(part);
    if (!match || (match[1] && !DAYS.includes(match[1])) || Number(match[2]) > 23) throw new Error(`"${part}" is no time with a rate. Write Mon-08:00,2M.`);
    const rate = rateOf(match[4]);
    const days = match[1] ? [DAYS.indexOf(match[1])] : [0, 1, 2, 3, 4, 5, 6];
    for (const day of days) changes.push([day * 24 + Number(match[2]), rate]);
  }
  changes.sort((a, b) => a[0] - b[0]);
  const grid = DAYS.map(() => Array(24).fill(null));
  for (let hour = 0; hour < 168 && changes.length > 0; hour++) {
    const last = changes.findLast(([at]) => at <= hour) ?? changes.at(-1);
    grid[Math.floor(hour / 24)][hour % 24] = last[1];
  }
  const date = new Date();
  const hour = ((date.getDay() + 6) % 7) * 24 + date.getHours();
  const now = grid[Math.floor(hour / 24)][hour % 24];
  let next = null;
  for (let i = 1; i <= 168 && next === null; i++) {
    const rate = grid[Math.floor(((hour + i) % 168) / 24)][(hour + i) % 24];
    if (rate !== now) next = {at: new Date(date.getTime() + i * 3_600_000).toISOString(), rate};
  }
  return {text, zone, grid, now, next};
}
