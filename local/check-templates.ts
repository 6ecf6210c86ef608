import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localFolder, projectFolder, readLocalConfig } from './config.ts';
import { findPython } from './machine.ts';
import { ensurePackages } from './packages.ts';
import { runMain } from './user-error.ts';
import { run } from './processes.ts';
import { printedSteps } from './progress.ts';
import { ensureVirtualEnvironment } from './python.ts';

/** Synthesizes the stacks as AWS would get them, with cdk-nag's checks on the way, and lints the templates. */
await runMain(async () => {
  const { environment } = readLocalConfig();
  const step = printedSteps(process.stdout);
  const options = { folder: projectFolder, environment, logFile: join(localFolder, 'logs/check-templates.log') };
  const linter = join(localFolder, 'check-venv');
  const templates = mkdtempSync(join(tmpdir(), 'earshot-templates-'));
  try {
    await step('Linter installed', async () => {
      await ensurePackages(['python'], options);
      const requirements = join(projectFolder, 'local/check-requirements.txt');
      await ensureVirtualEnvironment(await findPython(), linter, requirements, options);
    });
    await step('Stacks synthesized', async () =>
      run(join(projectFolder, 'node_modules/.bin/cdk'), ['synth', '--quiet', '--output', templates], options),
    );
    // W3005, a dependency that a reference implies anyway, is how the CDK writes its templates.
    const lint = ['--ignore-checks', 'W3005', '--', ...templatesIn(templates)];
    await step('Templates linted', async () => run(join(linter, 'bin/cfn-lint'), lint, options));
  } finally {
    rmSync(templates, { recursive: true });
  }
});

function templatesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(folder, file));
}
