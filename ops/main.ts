import { runMain } from '../local/problem.ts';
import { awsProblem } from './aws-problem.ts';
import { earshotProgram } from './program.ts';

await runMain(async () => {
  const print = (text: string) => {
    console.log(text);
  };
  // The question stands on stderr, so that stdout holds the result alone.
  const terminal = { input: process.stdin, output: process.stderr };
  await earshotProgram({ print, terminal })
    .parseAsync()
    .catch((error: unknown) => {
      throw awsProblem(error) ?? error;
    });
});
