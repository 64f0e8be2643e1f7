/**
 * Loaded before a program with `--import`: on a message from the parent process it collects garbage and answers
 * with the resident set, in bytes. The program itself knows nothing of it.
 */
process.on('message', () => {
  // Twice: the first one runs finalizers whose memory only the second one gives back.
  globalThis.gc?.();
  globalThis.gc?.();
  process.send?.({ rss: process.memoryUsage.rss() });
});
process.channel?.unref();
