import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findModel, modelConfigOf } from './model-kinds.ts';

describe('findModel', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'earshot-model-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const put = (files: readonly string[], content = '') => {
    for (const file of files) writeFileSync(join(folder, file), content);
  };

  it.each([
    ['moonshine', ['encoder_model.ort', 'decoder_model_merged.ort', 'tokens.txt']],
    [
      'moonshine-v1',
      ['preprocess.onnx', 'encode.int8.onnx', 'uncached_decode.int8.onnx', 'cached_decode.int8.onnx', 'tokens.txt'],
    ],
    [
      'zipformer',
      ['encoder-epoch-99-avg-1.onnx', 'decoder-epoch-99-avg-1.onnx', 'joiner-epoch-99-avg-1.onnx', 'tokens.txt'],
    ],
    ['whisper', ['base.en-encoder.onnx', 'base.en-decoder.onnx', 'base.en-tokens.txt']],
    ['sense-voice', ['model.int8.onnx', 'tokens.txt']],
  ])('knows %s by its files', async (kind, files) => {
    put([...files, 'README.md', 'LICENSE']);
    const model = await findModel(folder);
    expect(model.kind).toBe(kind);
    // Each part is a file of its own.
    expect(new Set(Object.values(model.files)).size).toBe(files.length - 1);
  });

  it('knows a model of NeMo, whose files have the names of a zipformer, by what its encoder says of itself', async () => {
    put(
      ['encoder.int8.onnx', 'decoder.int8.onnx', 'joiner.int8.onnx', 'tokens.txt'],
      `${'\0'.repeat(90_000)}model_type\u0012EncDecRNNTBPEModel`,
    );
    const model = await findModel(folder);
    expect(model.kind).toBe('parakeet');
    expect(modelConfigOf(model, 'en-US', 1)).toMatchObject({ modelType: 'nemo_transducer', numThreads: 1 });
  });

  it('takes the quantised one of two', async () => {
    put(['model.onnx', 'model.int8.onnx', 'tokens.txt']);
    expect((await findModel(folder)).files).toEqual({ model: join(folder, 'model.int8.onnx') });
  });

  it.each([
    [['encoder.onnx', 'tokens.txt'], /none of these kinds/],
    [['encoder.onnx', 'decoder.onnx'], /no tokens file/],
  ])('says of %j what is missing', async (files, reason) => {
    put(files);
    await expect(findModel(folder)).rejects.toThrow(reason);
  });

  it('passes a bare language on, or none that the model does not take', async () => {
    put(['model.onnx', 'tokens.txt']);
    const model = await findModel(folder);
    expect(modelConfigOf(model, 'ja-JP', 1)).toMatchObject({ senseVoice: { language: 'ja' } });
    expect(modelConfigOf(model, 'pt-BR', 1)).toMatchObject({ senseVoice: { language: 'auto' } });
  });
});
