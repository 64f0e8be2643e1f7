import type { ErrorDetails } from './psrp/messages/error-record.ts';

/** What a PowerShell session lets a script do. A policy of AppLocker or App Control for Business sets ConstrainedLanguage. */
export const languageModes = [
  'FullLanguage',
  'ConstrainedLanguage',
  'RestrictedLanguage',
  'NoLanguage',
] as const;

/** PowerShell refused something because of the session's language mode, and not because of what was asked. */
export function isLanguageModeError({
  fullyQualifiedErrorId: id,
}: Pick<ErrorDetails, 'fullyQualifiedErrorId'>): boolean {
  return /ConstrainedLanguage|InDataSection|FullLanguageScriptBlock|^ScriptsNotAllowed\b/.test(id);
}
