// npm run dev: the built page on the mock. Sign in as ada with "correct horse battery".
import {startMock} from './server.js';

const mock = await startMock({port: Number(process.env.PORT ?? 8018), million: true, fresh: process.argv.includes('--fresh')});
console.log(mock.url);
