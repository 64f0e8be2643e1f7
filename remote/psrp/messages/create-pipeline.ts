import { ProtocolError } from '../../protocol-error.ts';
import {
  type ClixmlValue,
  displayText,
  enumObject,
  extendedObject,
  isClixmlObject,
  listObject,
  propertyOf,
} from '../clixml-value.ts';
import { apartmentStateData, hostInfoData } from './host-info.ts';

type ParameterValue = string | number | boolean;

/** One command by name, never a script. Numbers are 32-bit integers. */
export interface NamedCommand {
  readonly name: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

const mergeTargets = [
  'MergeMyResult',
  'MergeToResult',
  'MergePreviousResults',
  'MergeError',
  'MergeWarning',
  'MergeVerbose',
  'MergeDebug',
  'MergeInformation',
] as const;

/** CREATE_PIPELINE with this one command, MS-PSRP 2.2.2.10. */
export function createPipelineData(command: NamedCommand): ClixmlValue {
  const noMerge = enumObject('System.Management.Automation.Runspaces.PipelineResultTypes', 'None', 0);
  return extendedObject({
    NoInput: true,
    ApartmentState: apartmentStateData(),
    RemoteStreamOptions: enumObject('System.Management.Automation.RemoteStreamOptions', '0', 0),
    AddToHistory: false,
    HostInfo: hostInfoData(),
    PowerShell: extendedObject({
      IsNested: false,
      ExtraCmds: null,
      Cmds: listObject([
        extendedObject({
          Cmd: command.name,
          IsScript: false,
          UseLocalScope: null,
          ...Object.fromEntries(mergeTargets.map((target) => [target, noMerge])),
          Args: listObject(
            Object.entries(command.parameters).map(([name, value]) => extendedObject({ N: name, V: value })),
          ),
        }),
      ]),
      History: null,
      RedirectShellErrorOutputPipe: false,
    }),
    IsNested: false,
  });
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
