import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findModel } from './model-kinds.ts';
import { tokensOf } from './moonshine-tokens.ts';

const tokenizerOf = (tokens: readonly Uint8Array[]) =>
  Buffer.concat(tokens.flatMap((token) => [Buffer.from([token.length]), Buffer.from(token)]));

describe('the tokens of Moonshine', () => {
  it('are a line each, in the order of their ids', () => {
    expect(tokensOf(tokenizerOf([Buffer.from('▁the'), Buffer.from([255])]))).toBe('4paBdGhl 0\n/w== 1\n');
  });

  it('are all there, with their bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 255 })), (tokens) => {
        const lines = tokensOf(tokenizerOf(tokens)).split('\n').slice(0, -1);
        expect(lines.map((line) => line.split(' ')[1])).toEqual(tokens.map((_, id) => String(id)));
        expect(lines.map((line) => Buffer.from(line.split(' ')[0] ?? '', 'base64'))).toEqual(
          tokens.map((token) => Buffer.from(token)),
        );
        expect(lines.every((line) => /^\S+ \d+$/.test(line))).toBe(true);
      }),
    );
  });

  it('are refused when the tokenizer is cut off', () => {
    expect(() => tokensOf(Buffer.from([3, 65]))).toThrow(/entry 0/);
  });

  it('are written beside a tokenizer that came alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-tokens-'));
    for (const file of ['encoder_model.ort', 'decoder_model_merged.ort']) writeFileSync(join(folder, file), '');
    writeFileSync(join(folder, 'tokenizer.bin'), tokenizerOf([Buffer.from('a')]));
    const { tokens } = await findModel(folder);
    expect(readFileSync(tokens, 'utf8')).toBe('YQ== 0\n');
    rmSync(folder, { recursive: true });
  });
});
