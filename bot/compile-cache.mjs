import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Node keeps what it made of the sources, so that the next start need not strip types and compile again: a third of the time. In the
// user's own cache folder, since Node's default lies in the shared one for temporary files. NODE_COMPILE_CACHE names another place,
// NODE_DISABLE_COMPILE_CACHE=1 turns it off. A folder that cannot be written is no fault.
const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
const caches = XDG_CACHE_HOME ?? LOCALAPPDATA ?? (HOME && join(HOME, '.cache'));
if (caches) enableCompileCache(join(caches, 'wsus-bot'));
