import { ProtocolError } from '../../protocol-error.ts';
import { type ClixmlValue, displayText, isClixmlObject, propertyOf } from '../clixml-value.ts';
import { type ParameterValue, type PlainValue, pipelineData } from './pipeline-data.ts';

/** One command by name, never a script. Numbers are 32-bit integers. */
export interface NamedCommand<Value = PlainValue> {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Value>>;
}

/** One whose parameters may be records, too. */
export type AnyCommand = NamedCommand<ParameterValue>;

/** CREATE_PIPELINE with this one command, MS-PSRP 2.2.2.10. */
export function createPipelineData({ name, parameters }: AnyCommand): ClixmlValue {
  return pipelineData({ Cmd: name, IsScript: false }, parameters);
}

export interface ReceivedCommand {
  readonly name: string;
  /** Script text instead of a command's name; a JEA endpoint refuses it. */
  readonly isScript: boolean;
  /** In the order they came; `name` is empty for a positional argument. */
  readonly parameters: readonly { readonly name: string; readonly value: ClixmlValue }[];
}

/** Server side: the commands of a CREATE_PIPELINE. @throws ProtocolError */
export function readCreatePipeline(data: ClixmlValue): ReceivedCommand[] {
  const commands = propertyOf(propertyOf(data, 'PowerShell'), 'Cmds');
  if (!isClixmlObject(commands) || commands.list === undefined) {
    throw new ProtocolError('protocol.malformed', 'reading CREATE_PIPELINE', 'no commands');
  }
  return commands.list.map((command) => {
    const args = propertyOf(command, 'Args');
    const items = isClixmlObject(args) ? (args.list ?? []) : [];
    return {
      name: displayText(propertyOf(command, 'Cmd')),
      isScript: propertyOf(command, 'IsScript') === true,
      parameters: items.map((item) => ({
        name: displayText(propertyOf(item, 'N')).replace(/^-|:$/g, ''),
        value: propertyOf(item, 'V') ?? null,
      })),
    };
  });
}
