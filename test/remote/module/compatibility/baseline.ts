interface CommandRow {
  readonly module: string;
  readonly parameters: readonly string[];
}

interface TypeRow {
  /** What else the type may be called, as `xml`. */
  readonly accelerator?: string;
  /** Members that are used, each with the numbers of arguments it takes; "value" for a property or a field. */
  readonly static?: Readonly<Record<string, readonly (number | 'value')[]>>;
  readonly instance?: Readonly<Record<string, readonly number[]>>;
}

/** What a PowerShell of some version has; of everything it has, only what is used. */
export interface Baseline {
  readonly version: string;
  readonly commands: Readonly<Record<string, CommandRow>>;
  readonly types: Readonly<Record<string, TypeRow>>;
}

/** Every row of a baseline, in the words of `Checked.used`. */
export function rowsOf({ commands, types }: Pick<Baseline, 'commands' | 'types'>): string[] {
  return [
    ...Object.keys(commands),
    ...Object.entries(types).flatMap(([type, row]) => [
      type,
      ...Object.entries(row.static ?? {}).flatMap(([name, counts]) =>
        counts.map((count) => `${type}::${name}(${count})`),
      ),
      ...Object.entries(row.instance ?? {}).flatMap(([name, counts]) =>
        counts.map((count) => `${type}.${name}(${count})`),
      ),
    ]),
  ];
}
