// Jest would require what `install-for-tests.ts` needs, and some of that can only be imported.
import { register } from 'tsx/esm/api';

register();
const { default: install } = await import('./install-for-tests.ts');
export default install;
