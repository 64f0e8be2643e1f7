import {
  type ClixmlValue,
  dictionaryObject,
  enumObject,
  extendedObject,
  listObject,
} from '../clixml-value.ts';
import { apartmentStateData, hostInfoData } from './host-info.ts';

export type PlainValue = string | number | boolean;
/** A record goes as a Hashtable. */
export type ParameterValue = PlainValue | Readonly<Record<string, PlainValue>>;

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

/** CREATE_PIPELINE with one entry, MS-PSRP 2.2.2.10: a command's name, or a script's text. */
export function pipelineData(
  entry: { readonly Cmd: string; readonly IsScript: boolean },
  parameters: Readonly<Record<string, ParameterValue>>,
): ClixmlValue {
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
          ...entry,
          UseLocalScope: null,
          ...Object.fromEntries(mergeTargets.map((target) => [target, noMerge])),
          Args: listObject(
            Object.entries(parameters).map(([name, value]) =>
              extendedObject({ N: name, V: typeof value === 'object' ? dictionaryObject(value) : value }),
            ),
          ),
        }),
      ]),
      History: null,
      RedirectShellErrorOutputPipe: false,
    }),
    IsNested: false,
  });
}
