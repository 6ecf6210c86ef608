import { readLocalConfig } from './config.ts';
import { placeCall } from './demo.ts';
import { UserError, runMain } from './user-error.ts';

await runMain(async () => {
  const config = readLocalConfig();
  const relay = {
    audioSocket: `127.0.0.1:${config.audioSocketPort}`,
    httpUrl: `http://127.0.0.1:${config.httpPort}`,
  };
  const ready = await fetch(`${relay.httpUrl}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
  if (!ready) throw new UserError(`No relay answers at ${relay.httpUrl}. Start Earshot first: npm start`);
  await placeCall(config, relay, process.argv.slice(2));
});
