import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { SentimentEngineError } from './sentiment-error.ts';

/** Integer tensors of one shape, by input name. */
export type IntegerInputs = Readonly<Record<string, BigInt64Array>>;

/** An ONNX model in a thread of its own, so that a long run blocks nothing else. */
export interface OnnxSession {
  readonly inputNames: readonly string[];
  /** Runs the model and returns the named output. */
  run: (inputs: IntegerInputs, shape: readonly number[], output: string) => Promise<Float32Array>;
  close: () => Promise<void>;
}

type Answer = { id: number; output: Float32Array } | { id: number; error: string };

/** The worker's source; a string, so that it is part of the bundle. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  (async () => {
    const onnx = require(workerData.runtime);
    onnx.env.wasm.numThreads = 1;
    const session = await onnx.InferenceSession.create(workerData.modelFile);
    parentPort.on('message', async ({ id, inputs, shape, output }) => {
      try {
        const feeds = {};
        for (const name in inputs) feeds[name] = new onnx.Tensor('int64', inputs[name], shape);
        const found = await session.run(feeds, [output]);
        parentPort.postMessage({ id, output: found[output].data });
      } catch (error) {
        parentPort.postMessage({ id, error: String(error) });
      }
    });
    parentPort.postMessage({ inputNames: session.inputNames });
  })();
`;

/**
 * Loads a model.
 * @throws SentimentEngineError if the runtime is not installed or cannot run the file
 */
export async function openOnnxSession(modelFile: string): Promise<OnnxSession> {
  const worker = new Worker(PROGRAM, { eval: true, workerData: { modelFile, runtime: findRuntime() } });
  const [{ inputNames }] = (await once(worker, 'message').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SentimentEngineError(`The model ${modelFile} cannot be run: ${reason}`, false, { cause: error });
  })) as [{ inputNames: string[] }];

  const waiting = new Map<number, { resolve: (output: Float32Array) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: Answer) => {
    const request = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('error' in answer) request?.reject(new SentimentEngineError(`The model failed: ${answer.error}`, false));
    else request?.resolve(answer.output);
  });
  worker.on('error', (error) => {
    fail(new SentimentEngineError(`The model's thread ended: ${error.message}`, false));
  });
  let isClosed = false;
  worker.on('exit', () => {
    isClosed = true;
    fail(closedError());
  });
  worker.unref();

  return {
    inputNames,
    run: (inputs, shape, output) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(closedError());
          return;
        }
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, inputs, shape, output });
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

function closedError(): SentimentEngineError {
  return new SentimentEngineError('The model was closed.', false);
}

/** Bundles do not contain the runtime: it is installed beside the program, or in a Lambda layer. */
function findRuntime(): string {
  const require = createRequire(import.meta.url);
  try {
    return require.resolve('onnxruntime-web');
  } catch (error) {
    const message = 'Install the package onnxruntime-web beside the program, or in a Lambda layer.';
    throw new SentimentEngineError(message, false, { cause: error });
  }
}
