import { readLocalConfig, type LocalConfig } from './config.ts';
import { endKeptEndpoint, findKeptEndpoint } from './kept-endpoint.ts';
import { UserError, runMain } from './user-error.ts';
import { printedSteps } from './progress.ts';
import { startCloud } from './system.ts';

const commands: Record<string, (config: LocalConfig) => Promise<void>> = { up, down, reset };

async function up(config: LocalConfig): Promise<void> {
  const { endpointUrl, outputs } = await startCloud(config, {
    engine: 'none',
    step: printedSteps(process.stdout),
    endpointStays: true,
  });
  console.log(
    `\n  AWS endpoint  ${endpointUrl}\n  API           ${outputs.ApiUrl}\n  WebSocket     ${outputs.WebSocketUrl}`,
  );
  console.log('\n  npm start uses it.      End it: npm run local -- down\n');
}

async function down(config: LocalConfig): Promise<void> {
  const endpoint = findKeptEndpoint(config);
  if (endpoint) endKeptEndpoint(config, endpoint);
  console.log(endpoint ? `Ended the endpoint at ${endpoint.url}.` : 'No endpoint was left running.');
  return Promise.resolve();
}

async function reset(config: LocalConfig): Promise<void> {
  await down(config);
  await up(config);
}

await runMain(async () => {
  const command = commands[process.argv[2] ?? ''];
  if (!command) throw new UserError('Say what to do: npm run local -- up | down | reset');
  await command(readLocalConfig());
});
