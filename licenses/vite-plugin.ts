import type { Plugin } from 'vite';
import { NOTICES_FILE, packageFolders, readLicense, thirdPartyNotices } from './notices.ts';

/**
 * Writes the licences of what is in Vite's bundle beside it.
 * @param what is bundled, as a sentence names it
 */
export function notices(what: string): Plugin {
  // Styles leave no trace in the finished chunks: what was loaded counts.
  const loaded = new Set<string>();
  return {
    name: 'earshot-notices',
    apply: 'build',
    transform(_code, id) {
      if (/\.css(\?|$)/.test(id)) loaded.add(id);
    },
    async generateBundle(_options, bundle) {
      const bundled = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk'
          ? Object.entries(file.modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : []))
          : [],
      );
      // Modules that a bundler made of others begin with a null character.
      const files = [...bundled, ...loaded].map((id) => id.replace(/^\0/, ''));
      const packages = await Promise.all(packageFolders(files).map(readLicense));
      this.emitFile({ type: 'asset', fileName: NOTICES_FILE, source: thirdPartyNotices(what, packages) });
    },
  };
}
