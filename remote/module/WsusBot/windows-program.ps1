# Running the programs that come with Windows: by full path, without a shell, bounded in time.

# @{ ExitCode; Output } with what the program wrote, errors last. Throws 'program-missing', 'program-too-slow'.
function Invoke-WindowsProgram([string]$File, [string[]]$Arguments, [int]$TimeoutSeconds = 60) {
    if (-not [IO.File]::Exists($File)) {
        throw (New-CodedError 'program-missing' "running ${File}: it is not there")
    }
    $start = Microsoft.PowerShell.Utility\New-Object Diagnostics.ProcessStartInfo
    $start.FileName = $File
    $start.Arguments = ConvertTo-CommandLine $Arguments
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        # So that a question that a program asks does not wait for ever.
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(1000 * $TimeoutSeconds)) {
            $process.Kill()
            throw (New-CodedError 'program-too-slow' "running ${File}: not done after $TimeoutSeconds s")
        }
        return @{ ExitCode = $process.ExitCode; Output = $output.Result + $errors.Result }
    } finally { $process.Dispose() }
}

# What a program writes that must end well. Throws 'program-refused' too.
function Assert-WindowsProgram([string]$File, [string[]]$Arguments) {
    $result = Invoke-WindowsProgram $File $Arguments
    if ($result.ExitCode -ne 0) {
        $name = [IO.Path]::GetFileName($File)
        throw (New-CodedError 'program-refused' "$name $($Arguments -join ' '): exit code $($result.ExitCode) $($result.Output.Trim())")
    }
    return $result.Output
}

# One command line that a program takes apart into just these arguments (CommandLineToArgvW): backslashes are doubled before
# a quote only.
function ConvertTo-CommandLine([string[]]$Arguments) {
    $quoted = foreach ($argument in $Arguments) {
        if ($argument -match '^[^\s"]+\z') { $argument; continue }
        $inside = [regex]::Replace($argument, '(\\*)("|$)', { param($match)
                $backslashes = $match.Groups[1].Value
                if ($match.Groups[2].Value -eq '"') { "$backslashes$backslashes\`"" } else { "$backslashes$backslashes" } })
        "`"$inside`""
    }
    return $quoted -join ' '
}
