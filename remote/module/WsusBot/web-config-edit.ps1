# The edit of a limit in Web.config: the server's own implementation of what the bot plans (remote/web-config.ts). The
# platform's XML reader finds the value; only its digits are replaced, every other byte stays.

# The bytes of Web.config with other limits. Edits: @{ maxInstalledPrerequisites = 800 }. Throws 'key-not-editable'.
function Edit-WebConfigBytes([byte[]]$Bytes, [hashtable]$Edits) {
    $config = ConvertFrom-WebConfigBytes $Bytes
    $document = ConvertTo-WebConfigDocument $config
    Assert-AppSettings $document
    $changes = @(foreach ($key in $Edits.Keys) { Get-LimitChange $config $document $key $Edits[$key] })
    if ($changes.Count -eq 0) { throw (New-NotEditable 'no new value was given') }
    $changes = @($changes | Microsoft.PowerShell.Utility\Sort-Object -Property { $_.Index })

    $after = Microsoft.PowerShell.Utility\New-Object IO.MemoryStream
    $copied = 0
    foreach ($change in $changes) {
        $start = $config.MarkLength + $config.Encoding.GetByteCount($config.Text.Substring(0, $change.Index))
        $after.Write($Bytes, $copied, $start - $copied)
        $digits = $config.Encoding.GetBytes($change.To)
        $after.Write($digits, 0, $digits.Length)
        $copied = $start + $config.Encoding.GetByteCount($change.From)
    }
    $after.Write($Bytes, $copied, $Bytes.Length - $copied)
    Assert-OnlyLimitsDiffer $document $after.ToArray() $changes
    return , $after.ToArray()
}

# Settings that may come from elsewhere, or go away again, are not edited.
function Assert-AppSettings($Document) {
    $sections = $Document.SelectNodes("/*[name()='configuration']/*[name()='appSettings']")
    if ($sections.Count -ne 1) { throw (New-NotEditable "configuration/appSettings is there $($sections.Count) times") }
    $section = $sections.Item(0)
    foreach ($name in 'configSource', 'file') {
        if ($section.HasAttribute($name)) { throw (New-NotEditable 'appSettings takes its content from another file') }
    }
    $encrypted = $section.SelectSingleNode("*[name()='EncryptedData']")
    if ($section.HasAttribute('configProtectionProvider') -or $null -ne $encrypted) {
        throw (New-NotEditable 'appSettings is encrypted')
    }
    if ($null -ne $section.SelectSingleNode("*[name()='clear']")) { throw (New-NotEditable 'appSettings is cleared') }
}

# @{ Element; Index; From; To } of one key: the one element that carries it, and where its digits stand in the text.
function Get-LimitChange($Config, $Document, [string]$Key, [int]$To) {
    $element = Find-LimitElement $Document $Key
    $from = $element.GetAttribute('value')
    $place = Find-LimitDigits $Config.Text $Key $from
    if ([long]$from -gt [int]::MaxValue) { throw (New-NotEditable "the value of $Key is not a plain whole number") }
    if ($To -lt 1 -or $To -gt 1000000) { throw (New-NotEditable "the new value of $Key is not between 1 and 1,000,000") }
    if ([int]$from -ge $To) { throw (New-NotEditable "the value of $Key is as high already") }
    return @{ Element = $element; Index = $place; From = $from; To = [string]$To }
}

function Find-LimitElement($Document, [string]$Key) {
    $upper, $lower = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'
    # ASP.NET compares keys without regard to case.
    $named = "[translate(@key, '$upper', '$lower') = '$($Key.ToLowerInvariant())']"
    $section = "/*[name()='configuration']/*[name()='appSettings']"
    if ($null -ne $Document.SelectSingleNode("$section/*[name()='remove']$named")) { throw (New-NotEditable "appSettings removes $Key") }
    $found = $Document.SelectNodes("//*[name()='add']$named")
    if ($found.Count -gt 1) { throw (New-NotEditable "$Key is there $($found.Count) times") }
    $element = $Document.SelectSingleNode("$section/*[name()='add'][@key='$Key']")
    if ($null -eq $element) { throw (New-NotEditable "$Key is not in configuration/appSettings, or is written in other upper and lower case") }
    return , $element
}

# The index of the digits in the text. The reader says where the attributes stand; the text there must be just as plain.
function Find-LimitDigits([string]$Text, [string]$Key, [string]$Digits) {
    $reader = Microsoft.PowerShell.Utility\New-Object Xml.XmlTextReader (Microsoft.PowerShell.Utility\New-Object IO.StringReader $Text)
    $reader.DtdProcessing = 'Prohibit'
    $reader.XmlResolver = $null
    try {
        do {
            if (-not $reader.ReadToFollowing('add')) { throw (New-NotEditable "$Key is not where it was found") }
        } until ([string]::Equals($reader.GetAttribute('key'), $Key, 'Ordinal'))
        $places = @{}
        foreach ($name in 'key', 'value') {
            if (-not $reader.MoveToAttribute($name)) { throw (New-NotEditable "$Key has no value") }
            $places[$name] = Get-TextIndex $Text $reader.LineNumber $reader.LinePosition
        }
    } finally { $reader.Dispose() }
    $null = Get-PlainValueIndex $Text $places['key'] 'key' ([regex]::Escape($Key)) "$Key is written with character references"
    return Get-PlainValueIndex $Text $places['value'] 'value' '(?:0|[1-9][0-9]{0,9})' "the value of $Key is not a plain whole number"
}

# Where the value of an attribute begins that stands in the text at an index, when it is as the pattern says.
function Get-PlainValueIndex([string]$Text, [int]$At, [string]$Name, [string]$Pattern, [string]$Otherwise) {
    $attribute = [regex]"\G$Name[ \t\r\n]*=[ \t\r\n]*([`"'])($Pattern)\1"
    $match = $attribute.Match($Text, $At)
    if (-not $match.Success) { throw (New-NotEditable $Otherwise) }
    return $match.Groups[2].Index
}

# The index of a place that the reader counted in lines and characters, both from 1. CR LF, CR and LF end a line.
function Get-TextIndex([string]$Text, [int]$Line, [int]$Position) {
    $lines = $Text.Replace("`r`n", " `n").Replace("`r", "`n").Split("`n")
    $before = 0
    if ($Line -gt 1) { $before = [string]::Join("`n", $lines, 0, $Line - 1).Length + 1 }
    return $before + $Position - 1
}

# Read anew, the file must be the one before with the new values, and nothing else.
function Assert-OnlyLimitsDiffer($Document, [byte[]]$After, $Changes) {
    foreach ($change in $Changes) { $change.Element.SetAttribute('value', $change.To) }
    $again = ConvertTo-WebConfigDocument (ConvertFrom-WebConfigBytes $After)
    if (-not [string]::Equals($again.get_OuterXml(), $Document.get_OuterXml(), 'Ordinal')) {
        throw (New-NotEditable 'read again, more than the values is different')
    }
}
