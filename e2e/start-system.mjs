// Jest would require what `start-system.ts` needs, and some of that can only be imported.
import { register } from 'tsx/esm/api';

register();
const { default: start } = await import('./start-system.ts');
export default start;
