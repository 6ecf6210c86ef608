import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const TOKENIZER_FILE = 'tokenizer.bin';
export const TOKENS_FILE = 'tokens.txt';

/**
 * The tokens of Moonshine's own tokenizer as sherpa-onnx reads them: a line of Base64 and the id for each. The file has
 * one entry after another in the order of their ids: a byte with the length, then the token's bytes.
 * @throws {RangeError} when the last entry is cut off
 */
export function tokensOf(tokenizer: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < tokenizer.length;) {
    const length = tokenizer.readUInt8(at);
    const token = tokenizer.subarray(at + 1, at + 1 + length);
    if (token.length < length) throw new RangeError(`the tokenizer ends within its entry ${lines.length}`);
    // A line needs something before its id; an entry without bytes stands for nothing.
    lines.push(`${length === 0 ? '=' : token.toString('base64')} ${lines.length}\n`);
    at += 1 + length;
  }
  return lines.join('');
}

/** Writes the tokens beside the tokenizer; whoever reads meanwhile finds them whole or not at all. */
export async function writeTokens(folder: string): Promise<void> {
  const file = join(folder, TOKENS_FILE);
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, tokensOf(await readFile(join(folder, TOKENIZER_FILE))));
  await rename(unfinished, file);
}
