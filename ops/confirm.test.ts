import { PassThrough } from 'node:stream';
import { confirm } from './confirm.ts';

function terminal({ isTTY = true } = {}) {
  const [input, output] = [Object.assign(new PassThrough(), { isTTY }), new PassThrough()];
  return { input, output };
}

it.each(['y', 'Yes', ' yes '])('goes on at the answer "%s"', async (answer) => {
  const at = terminal();
  const asked = confirm('Delete it?', false, at);
  at.input.write(`${answer}\n`);
  await expect(asked).resolves.toBeUndefined();
  expect(String(at.output.read())).toContain('Delete it? [y/N]');
});

it.each(['', 'n', 'yep', 'no'])('does nothing at the answer "%s"', async (answer) => {
  const at = terminal();
  const asked = confirm('Delete it?', false, at);
  at.input.write(`${answer}\n`);
  await expect(asked).rejects.toThrow('Nothing was changed.');
});

it('does nothing when the terminal is closed instead of an answer', async () => {
  const at = terminal();
  const asked = confirm('Delete it?', false, at);
  at.input.end();
  await expect(asked).rejects.toThrow('Nothing was changed.');
});

it('asks nobody who confirmed before, and refuses where nobody can be asked', async () => {
  await expect(confirm('Delete it?', true, terminal({ isTTY: false }))).resolves.toBeUndefined();
  await expect(confirm('Delete it?', false, terminal({ isTTY: false }))).rejects.toThrow(/--yes/);
});
