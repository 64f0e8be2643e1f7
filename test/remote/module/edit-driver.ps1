# Edits files with the module's own function: a JSON line in ({ bytes, edits }), a JSON line out ({ after } or { code, reason }).
param([string]$Module)
$ErrorActionPreference = 'Stop'
$loaded = Import-Module $Module -PassThru
& $loaded {
    while ($null -ne ($line = [Console]::In.ReadLine())) {
        $case = ConvertFrom-Json -InputObject $line -AsHashtable
        try {
            $after = Edit-WebConfigBytes -Bytes ([Convert]::FromBase64String($case.bytes)) -Edits $case.edits
            $answer = @{ after = [Convert]::ToBase64String($after) }
        } catch {
            $failure = Get-CodedError $_
            $answer = @{ code = $failure.Code; reason = $failure.Reason }
        }
        [Console]::Out.WriteLine((ConvertTo-Json -InputObject $answer -Compress))
        [Console]::Out.Flush()
    }
}
