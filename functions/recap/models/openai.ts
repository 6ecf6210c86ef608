import { z } from 'zod';
import type { Prompt } from '#core/recap/model.ts';
import { parseJson } from '#core/json.ts';
import { ModelError, modelKind, type Answer, type LanguageModel } from './model.ts';

/** Any server that speaks OpenAI's chat completions: Ollama, vLLM, llama.cpp, OpenAI itself. */
export const openai = modelKind({
  settings: z.object({
    model: z.string().min(1).max(200),
    /** The address before `/chat/completions`, such as `https://models.example/v1`. */
    url: z.url({ protocol: /^https?$/ }),
    /** The name of the secret that holds its key; without one, none is sent. */
    secretName: z.string().min(1).optional(),
  }),
  open: ({ model, url, secretName }, { secret }) =>
    openaiModel(model, url, async () => (secretName === undefined ? undefined : (await secret(secretName)).trim())),
});

/** @see https://platform.openai.com/docs/api-reference/chat/create */
const completionSchema = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string() }), finish_reason: z.string().nullish() }))
    .min(1),
  usage: z
    .object({ prompt_tokens: z.int().nonnegative(), completion_tokens: z.int().nonnegative() })
    .nullish()
    .catch(undefined),
});

/** @param key called for each request, so that a new key needs no deployment; undefined where there is none */
export function openaiModel(model: string, url: string, key: () => Promise<string | undefined>): LanguageModel {
  return {
    engine: 'openai',
    name: model,
    async ask({ system, user, maxOutputTokens }: Prompt, signal: AbortSignal): Promise<Answer> {
      const bearer = await key();
      const response = await fetch(`${url.replace(/\/$/, '')}/chat/completions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        },
        body: JSON.stringify({
          model,
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: user },
          ],
          max_tokens: maxOutputTokens,
          temperature: 0,
          response_format: { type: 'json_object' },
        }),
        redirect: 'error',
        signal,
      }).catch((cause: unknown) => {
        throw signal.aborted
          ? new ModelError('The model server did not answer in time.', { retryable: false, cause })
          : new ModelError('The model server cannot be reached.', { retryable: true, cause });
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new ModelError(`The model server answered with status ${response.status}.`, {
          retryable: response.status === 429 || response.status >= 500,
        });
      }
      return answerOf(await textOf(response, signal));
    },
  };
}

async function textOf(response: Response, signal: AbortSignal): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new ModelError(
      signal.aborted ? 'The model server did not answer in time.' : 'The model server broke its answer off.',
      { retryable: !signal.aborted, cause },
    );
  }
}

function answerOf(body: string): Answer {
  const { data, error } = completionSchema.safeParse(jsonOf(body));
  const choice = data?.choices[0];
  if (!choice)
    throw new ModelError('The model server’s answer is none of chat completions.', { retryable: false, cause: error });
  if (choice.finish_reason === 'length')
    throw new ModelError('The model wrote more than it may.', { retryable: false });
  const { usage } = data;
  return {
    text: choice.message.content,
    ...(usage && { usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } }),
  };
}

function jsonOf(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}
