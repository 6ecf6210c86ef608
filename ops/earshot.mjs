#!/usr/bin/env node
// The operator's command from its sources: `npx earshot …`.
import { register } from 'tsx/esm/api';

// Its warning about the version of Node.js is for developers.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
register();
await import('./main.ts');
