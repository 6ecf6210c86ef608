import { readLocalConfig } from './config.ts';
import { installEndpoint } from './endpoint.ts';
import { findPython } from './machine.ts';

/** Installs the local AWS endpoint before any test runs: tests run side by side, and each would install it. */
export default async function install(): Promise<void> {
  await installEndpoint(await findPython(), readLocalConfig());
}
