/** What somebody asks for with `fix`: names as they were typed, and how many are changed at a time. */
export interface FixCommand {
  readonly names: readonly string[];
  readonly parallel: number;
}

/** "wsus01 wsus02 parallel 2", "wsus01, wsus02", "branches"; undefined where a number is missing or is 0, or no name is there. */
export const parseFix = (words: string): FixCommand | undefined => {
  const [, list = '', count] = /^(.*?)(?:(?:^|[\s,])parallel(?:[\s:=]+(\d+))?)?$/i.exec(words.trim()) ?? [];
  const asksForParallel = list.length < words.trim().length;
  const parallel = asksForParallel ? Number(count ?? 0) : 1;
  const names = list.split(/[\s,;]+/).filter((name) => name !== '');
  return names.length === 0 || parallel < 1 || !Number.isSafeInteger(parallel)
    ? undefined
    : { names, parallel };
};
