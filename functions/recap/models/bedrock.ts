import type { BedrockRuntimeClient, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import type { Prompt } from '#core/recap/model.ts';
import { ModelError, modelKind, type Answer, type LanguageModel } from './model.ts';

/** Models of Amazon Bedrock by its Converse API, which is the same for all of them. */
export const bedrock = modelKind({
  settings: z.object({
    /** A model id or the id of an inference profile. */
    model: z.string().min(1).max(200),
  }),
  // Part of Lambda's runtime, and loaded only where it is used.
  open: async ({ model }) => {
    const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
    return bedrockModel(model, new BedrockRuntimeClient({ maxAttempts: 1 }));
  },
});

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export function bedrockModel(model: string, client: Pick<BedrockRuntimeClient, 'send'>): LanguageModel {
  return {
    engine: 'bedrock',
    name: model,
    async ask({ system, user, maxOutputTokens }: Prompt, signal: AbortSignal): Promise<Answer> {
      const { ConverseStreamCommand } = await import('@aws-sdk/client-bedrock-runtime');
      try {
        const { stream } = await client.send(
          new ConverseStreamCommand({
            modelId: model,
            system: [{ text: system }],
            messages: [{ role: 'user', content: [{ text: user }] }],
            inferenceConfig: { maxTokens: maxOutputTokens, temperature: 0 },
          }),
          { abortSignal: signal },
        );
        return await answerOf(stream ?? [], signal);
      } catch (error) {
        throw modelError(error, signal);
      }
    },
  };
}

async function answerOf(
  stream: AsyncIterable<ConverseStreamOutput> | readonly ConverseStreamOutput[],
  signal: AbortSignal,
): Promise<Answer> {
  let text = '';
  let usage: Answer['usage'];
  for await (const event of stream) {
    signal.throwIfAborted();
    text += event.contentBlockDelta?.delta?.text ?? '';
    const counted = event.metadata?.usage;
    if (counted) usage = { inputTokens: counted.inputTokens ?? 0, outputTokens: counted.outputTokens ?? 0 };
    if (event.messageStop?.stopReason === 'max_tokens') {
      throw new ModelError('Bedrock’s model wrote more than it may.', { retryable: false });
    }
  }
  return { text, ...(usage && { usage }) };
}

/** Errors that a later attempt may not meet. */
const TRANSIENT = new Set([
  'ThrottlingException',
  'ServiceUnavailableException',
  'InternalServerException',
  'ModelStreamErrorException',
  'ModelTimeoutException',
  'ModelNotReadyException',
]);

function modelError(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof ModelError) return error;
  if (signal.aborted) return new ModelError('Bedrock did not answer in time.', { retryable: false, cause: error });
  const name = error instanceof Error ? error.name : 'Error';
  return new ModelError(`Bedrock refused: ${name}.`, { retryable: TRANSIENT.has(name), cause: error });
}
