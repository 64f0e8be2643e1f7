import type { Baseline } from './baseline.ts';
import type { CommandFact, FileFacts, FunctionFact, MemberFact } from './file-facts.ts';
import {
  attributes,
  commonParameters,
  fold,
  forbiddenCommands,
  forbiddenMembers,
  verbs,
} from './language.ts';

export interface Checked {
  /** "file.ps1:12: what is wrong". */
  readonly findings: readonly string[];
  /** Rows that something needed: "New-Object", "System.IO.File", "System.IO.File::Move(2)", "System.String.Trim(0)". */
  readonly used: ReadonlySet<string>;
}

const parameterPattern = /path|file|folder|script|block|command|expression|uri|url/i;

export interface CheckOptions {
  /** Functions that a client may call. */
  readonly publicFunctions?: readonly string[];
  /** Other files whose functions may be called. */
  readonly loaded?: readonly FileFacts[];
}

/** Holds files against a baseline. What one of the files declares may be called from any of them. */
export function checkCompatibility(
  files: readonly FileFacts[],
  baseline: Baseline,
  { publicFunctions = [], loaded = [] }: CheckOptions = {},
): Checked {
  const check = new Check([...files, ...loaded], baseline);
  for (const file of files) check.file(file, fold(publicFunctions));
  return check;
}

class Check implements Checked {
  readonly findings: string[] = [];
  readonly used = new Set<string>();
  readonly #baseline: Baseline;
  readonly #functions: ReadonlyMap<string, FunctionFact>;
  readonly #commands: ReadonlyMap<string, string>;

  constructor(files: readonly FileFacts[], baseline: Baseline) {
    this.#baseline = baseline;
    this.#functions = new Map(
      files.flatMap(({ functions }) => functions.map((entry) => [entry.name.toLowerCase(), entry] as const)),
    );
    this.#commands = new Map(Object.keys(baseline.commands).map((name) => [name.toLowerCase(), name]));
  }

  file(file: FileFacts, publicFunctions: ReadonlySet<string>): void {
    const at = (line: number) => `${file.path.slice(file.path.lastIndexOf('/') + 1)}:${line}`;
    const say = (entry: { readonly line: number }, text: string) => {
      this.findings.push(`${at(entry.line)}: ${text}`);
    };
    for (const error of file.errors) this.findings.push(`${at(0)}: does not parse, ${error}`);
    for (const requirement of file.requirements)
      say({ line: 1 }, `${requirement} says nothing useful when it is not met`);
    for (const entry of file.newer) say(entry, `syntax newer than 3.0: ${entry.name}`);
    for (const entry of file.attributes) this.#attribute(entry, say);
    for (const entry of file.commands) this.#command(entry, say);
    for (const entry of file.members) this.#member(entry, say);
    for (const entry of file.types) if (!entry.guarded) this.#type(entry.name, entry, say);
    for (const entry of file.functions)
      this.#function(entry, publicFunctions.has(entry.name.toLowerCase()), say);
  }

  #attribute(entry: FileFacts['attributes'][number], say: Say): void {
    const known = attributes[entry.name.toLowerCase()];
    if (known === undefined) {
      say(entry, `attribute ${entry.name} is not on the list of those that 3.0 has`);
      return;
    }
    for (const name of entry.arguments)
      if (!fold(known).has(name.toLowerCase()))
        say(entry, `3.0 has no ${name} in the attribute ${entry.name}`);
  }

  #command(entry: CommandFact, say: Say): void {
    if (entry.name === null) {
      if (!isLoadingLine(entry) && !(entry.operator === 'Ampersand' && (entry.isOwnBlock || isSetup(entry))))
        say(entry, `what is called must be written out: ${entry.text}`);
      return;
    }
    const name = entry.name.slice(entry.name.lastIndexOf('\\') + 1);
    if (forbiddenCommands.has(name.toLowerCase())) say(entry, `${name} has no place here`);
    const own = this.#functions.get(entry.name.toLowerCase());
    if (own !== undefined) {
      const known = fold(own.parameters.map((parameter) => parameter.name));
      for (const parameter of entry.parameters)
        if (!known.has(parameter.toLowerCase()) && !commonParameters.has(parameter.toLowerCase()))
          say(entry, `${name} has no parameter ${parameter}`);
      return;
    }
    const row = this.#commands.get(name.toLowerCase());
    if (row === undefined)
      say(
        entry,
        `${name} is not in the list for ${this.#baseline.version}. ${howToAdd.command(name, this.#baseline.version)}`,
      );
    else this.#foreignCommand(entry, row, say);
  }

  #foreignCommand(entry: CommandFact, name: string, say: Say): void {
    this.used.add(name);
    const row = this.#baseline.commands[name];
    if (row === undefined) return;
    if (entry.name?.toLowerCase() !== `${row.module}\\${name}`.toLowerCase())
      say(entry, `${entry.name} is called by its module: ${row.module}\\${name}`);
    if (entry.splat) say(entry, `the parameters of ${name} must be written out`);
    const known = fold(row.parameters);
    for (const parameter of entry.parameters)
      if (
        !known.has(parameter.toLowerCase()) &&
        !commonParameters.has(parameter.toLowerCase()) &&
        !entry.guarded
      )
        say(entry, `${this.#baseline.version} has no ${name} -${parameter}`);
    if (
      name === 'Add-Type' &&
      entry.parameters.some((parameter) => parameter.toLowerCase() !== 'assemblyname')
    )
      say(entry, 'Add-Type compiles nothing here: AppLocker and WDAC servers refuse it');
    if (name === 'New-Object') this.#newObject(entry, say);
  }

  #newObject(entry: CommandFact, say: Say): void {
    if (entry.parameters.some((parameter) => /^com/i.test(parameter)))
      say(entry, 'New-Object makes no COM object here');
    else if (!entry.newType) say(entry, 'the type that New-Object makes must be written out');
    else if (!entry.guarded) this.#type(generic(entry.newType), entry, say);
  }

  #member(entry: MemberFact, say: Say): void {
    const isCall = entry.arguments !== null;
    if (/^\$ExecutionContext\b/i.test(entry.on)) say(entry, '$ExecutionContext has no place here');
    if (entry.name === null) {
      if (isCall || entry.static) say(entry, `the member must be written out: ${entry.on}`);
      return;
    }
    if (isCall && forbiddenMembers.has(entry.name.toLowerCase()))
      say(entry, `${entry.name}() has no place here`);
    if (isCall && /^(where|foreach)$/i.test(entry.name))
      say(entry, `.${entry.name}() is newer than 3.0 (4.0)`);
    if (entry.static && /^new$/i.test(entry.name)) say(entry, '::new() is newer than 3.0 (5.0): New-Object');
    else if (entry.static && /^scriptblock$/i.test(entry.type ?? ''))
      say(entry, 'no text becomes code here: ScriptBlock');
    else if (entry.guarded) return;
    else if (entry.static) this.#staticMember(entry, entry.name, say);
    else if (isCall) this.#method(entry, entry.name, entry.arguments ?? 0, say);
  }

  #staticMember(entry: MemberFact, name: string, say: Say): void {
    if (entry.type === null) {
      say(entry, `the type must be written out: ${entry.on}`);
      return;
    }
    const type = this.#typeRow(entry.type);
    if (type === undefined) return;
    const call = `${type}::${name}${entry.arguments === null ? '' : `(${entry.arguments})`}`;
    const members = this.#baseline.types[type]?.static ?? {};
    const known = Object.keys(members).find((key) => key.toLowerCase() === name.toLowerCase());
    if (known !== undefined && members[known]?.includes(entry.arguments ?? 'value'))
      this.used.add(`${type}::${known}(${entry.arguments ?? 'value'})`);
    else say(entry, `${call} is not in the list of .NET Framework 4.5. ${howToAdd.member}`);
  }

  /** What an instance is of cannot be seen in the text: some listed type must have such a method. */
  #method(entry: MemberFact, name: string, count: number, say: Say): void {
    let found = false;
    for (const [type, row] of Object.entries(this.#baseline.types)) {
      const known = Object.keys(row.instance ?? {}).find((key) => key.toLowerCase() === name.toLowerCase());
      if (known === undefined || !row.instance?.[known]?.includes(count)) continue;
      found = true;
      this.used.add(type).add(`${type}.${known}(${count})`);
    }
    if (!found) say(entry, `.${name}(${count}) is not in the list of .NET Framework 4.5. ${howToAdd.member}`);
  }

  #type(written: string, entry: { readonly line: number }, say: Say): void {
    const type = this.#typeRow(written);
    if (type === undefined)
      say(entry, `[${written}] is not in the list of .NET Framework 4.5. ${howToAdd.member}`);
    else this.used.add(type);
  }

  /** The row of a type as it is written: its full name, without `System.`, or its accelerator. */
  #typeRow(written: string): string | undefined {
    const name = written.toLowerCase();
    return Object.entries(this.#baseline.types).find(
      ([type, { accelerator }]) =>
        [name, `system.${name}`].includes(type.toLowerCase()) || accelerator?.toLowerCase() === name,
    )?.[0];
  }

  #function(entry: FunctionFact, isPublic: boolean, say: Say): void {
    const [verb = '', noun] = entry.name.split('-');
    if (!verbs.has(verb.toLowerCase()) || noun === undefined)
      say(entry, `${entry.name} is no approved Verb-Noun`);
    if (!isPublic) return;
    if (!entry.hasHelp) say(entry, `${entry.name} has no help`);
    for (const { name, type, attributes: on } of entry.parameters) {
      if (parameterPattern.test(name))
        say(entry, `${entry.name} -${name}: no parameter is a path, a script or an address`);
      const isSwitch = type.some((written) => /^switch$/i.test(written));
      if (type.length === 0) say(entry, `${entry.name} -${name} has no type`);
      if (!isSwitch && !on.some((attribute) => /^Validate(?!NotNull)/i.test(attribute)))
        say(entry, `${entry.name} -${name} has no validation`);
    }
  }
}

type Say = (entry: { readonly line: number }, text: string) => void;

/** The one form in which a file loads another: module-text.ts puts the file in its place. The endpoint uses some of the module. */
function isLoadingLine({ operator, text }: CommandFact): boolean {
  return operator === 'Dot' && /^\. \$PSScriptRoot\/(\.\.\/WsusBot\/)?[A-Za-z-]+\.ps1$/.test(text);
}

/** The setup of the endpoint, run from where it was copied to on a server of a list. */
function isSetup({ text }: CommandFact): boolean {
  return text === "& ([IO.Path]::Combine($folder, 'endpoint', 'Install-WsusBotEndpoint.ps1')) @parameters";
}

/** "Collections.Generic.List[string]" as a type's row is named: "Collections.Generic.List`1"; of an array, its elements. */
function generic(written: string): string {
  const element = written.replace(/(\[,*\])+$/, '');
  const [, name, inside] = /^(.+?)\[(.+)\]$/.exec(element) ?? [];
  return name === undefined || inside === undefined ? element : `${name}\`${inside.split(',').length}`;
}

const howToAdd = {
  command: (name: string, version: string) =>
    `If ${version} has it, copy the row of ${name} from Microsoft's data (named in windows-powershell-commands.json) into that file`,
  member:
    'If it is in the documentation of .NET Framework 4.5, add it to net-framework-members.json with its number of arguments',
};
