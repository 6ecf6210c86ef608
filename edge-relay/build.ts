import { join } from 'node:path';
import { bundleRelay } from './packaging/bundle.ts';

/** Bundles the relay for this machine: `tsx edge-relay/build.ts`, then `node build/earshot-relay.mjs run`. */
await bundleRelay(join(import.meta.dirname, '..', 'build'));
