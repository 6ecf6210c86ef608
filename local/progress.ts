/**
 * Reports to a person which step is running and how long each took. `work` may say how far it is.
 */
export type Step = <T>(
  title: string,
  work: (progress: (text: string) => void) => Promise<T>,
  note?: (result: T) => string,
) => Promise<T>;

/** Steps as lines on a terminal; elsewhere each step is one line when it is done. */
export function printedSteps(out: NodeJS.WriteStream): Step {
  return async (title, work, note) => {
    const startedAt = performance.now();
    const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    const show = (text: string) => {
      if (out.isTTY) out.write(`\r\x1b[K  … ${text}`);
    };
    show(title);
    const finish = (sign: string, text: string) => out.write(`${out.isTTY ? '\r\x1b[K' : ''}  ${sign} ${text}\n`);
    try {
      const result = await work((text) => {
        show(`${title} ${text}`);
      });
      const said = note?.(result) ?? '';
      finish('✓', `${title.padEnd(34)} ${seconds().padStart(7)}${said === '' ? '' : `   ${said}`}`);
      return result;
    } catch (error) {
      finish('✗', `${title.padEnd(34)} ${seconds().padStart(7)}`);
      throw error;
    }
  };
}

/** Steps that nobody watches. */
export const silentSteps: Step = async (_title, work) => work(() => undefined);
