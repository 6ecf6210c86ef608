/** Stops what the set-up started. */
export default async function stop(): Promise<void> {
  await globalThis.earshotSystem?.stop();
}
