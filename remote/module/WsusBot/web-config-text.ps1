# Web.config between bytes and text: UTF-8 with or without a byte order mark, UTF-16 with one, nothing else.

$script:WebConfigLimit = 1024 * 1024

# @{ Text; Encoding; MarkLength }: the text without its mark, and the strict encoding of the rest. Throws 'key-not-editable'.
function ConvertFrom-WebConfigBytes([byte[]]$Bytes) {
    if ($Bytes.Length -gt $script:WebConfigLimit) { throw (New-NotEditable 'the file is larger than 1 MB') }
    $mark = [BitConverter]::ToString($Bytes, 0, [Math]::Min(3, $Bytes.Length))
    if ($mark -eq 'EF-BB-BF') {
        $name, $length = 'utf-8', 3
    } elseif ($mark.StartsWith('FF-FE')) {
        $name, $length = 'utf-16le', 2
    } elseif ($mark.StartsWith('FE-FF')) {
        $name, $length = 'utf-16be', 2
    } else {
        $name, $length = 'utf-8', 0
    }
    $encoding = Get-StrictEncoding $name
    try {
        $text = $encoding.GetString($Bytes, $length, $Bytes.Length - $length)
    } catch {
        throw (New-NotEditable "its bytes are not $name")
    }
    # UTF-16 or UTF-32 without a mark reads as UTF-8 full of NULs.
    if ($text.IndexOf([char]0) -ge 0) { throw (New-NotEditable 'its encoding is not UTF-8, nor UTF-16 with a byte order mark') }
    return @{ Text = $text; Name = $name; Encoding = $encoding; MarkLength = $length }
}

function Get-StrictEncoding([string]$Name) {
    if ($Name -eq 'utf-8') { return Microsoft.PowerShell.Utility\New-Object Text.UTF8Encoding $false, $true }
    return Microsoft.PowerShell.Utility\New-Object Text.UnicodeEncoding ($Name -eq 'utf-16be'), $false, $true
}

# The error of a file whose limit is not edited.
function New-NotEditable([string]$Reason) {
    return New-CodedError 'key-not-editable' "editing Web.config: $Reason"
}

# The text as XmlDocument, blanks and comments kept. Throws 'key-not-editable' for a DTD, and for what is not well formed.
function ConvertTo-WebConfigDocument($Config) {
    $settings = Microsoft.PowerShell.Utility\New-Object Xml.XmlReaderSettings
    $settings.DtdProcessing = 'Prohibit'
    $settings.XmlResolver = $null
    $settings.CheckCharacters = $true
    $document = Microsoft.PowerShell.Utility\New-Object Xml.XmlDocument
    $document.PreserveWhitespace = $true
    $document.XmlResolver = $null
    $reader = [Xml.XmlReader]::Create((Microsoft.PowerShell.Utility\New-Object IO.StringReader $Config.Text), $settings)
    try { $document.Load($reader) } catch {
        throw (New-NotEditable "it is not well-formed XML, or carries a document type declaration ($((Get-CodedError $_).Reason))")
    } finally { $reader.Dispose() }
    $declaration = $document.FirstChild
    if ($declaration -is [Xml.XmlDeclaration]) { Assert-DeclaredEncoding $declaration.Encoding $Config.Name }
    # One name deeper than a hundred.
    if ($null -ne $document.SelectSingleNode('/*' * 101)) { throw (New-NotEditable 'its elements are nested too deep') }
    return , $document
}

function Assert-DeclaredEncoding([string]$Declared, [string]$Name) {
    if ($Declared -eq '' -or $Declared -eq $Name -or ($Declared -eq 'utf-16' -and $Name -ne 'utf-8')) { return }
    throw (New-NotEditable "its encoding is $Name, and it declares another one")
}
