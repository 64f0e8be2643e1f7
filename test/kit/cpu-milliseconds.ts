/** CPU time of this thread: other programs on the machine do not count. */
export const cpuMilliseconds = (work: () => void): number => {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
};
