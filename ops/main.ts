import { runMain } from '../local/user-error.ts';
import { awsUserError } from './aws-error.ts';
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
      throw awsUserError(error) ?? error;
    });
});
