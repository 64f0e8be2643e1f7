# Loads the module and stands in for what it asks of Windows when it acts. Dot-source it in BeforeAll of a file; call
# Enter-PracticeState in BeforeAll of a block, Initialize-PracticeState in BeforeEach.

Import-Module "$PSScriptRoot/../../remote/module/WsusBot/WsusBot.psd1" -Force

function Enter-PracticeState {
    Mock -ModuleName WsusBot Get-WindowsProgramData { $global:ProgramData }
    Mock -ModuleName WsusBot Set-WindowsFileSecurity {
        # A folder gets its name when it is closed.
        foreach ($name in $Path, ($Path -replace '\.[0-9a-f-]{36}$', '')) {
            $global:Security[$name] = @{ Owner = 'BUILTIN\Administrators'; Sddl = $Sddl }
        }
    }
    Mock -ModuleName WsusBot Get-WindowsFileSecurity {
        if ($global:Security.ContainsKey($Path)) { return $global:Security[$Path] }
        return @{ Owner = 'CONTOSO\somebody'; Sddl = 'O:S-1-5-21-1-2-3-1200G:BUD:AI(A;ID;FA;;;S-1-5-21-1-2-3-1200)' }
    }
}

# An empty folder for ProgramData, and nothing known of owners.
function Initialize-PracticeState {
    $global:ProgramData = "$TestDrive/$([Guid]::NewGuid())"
    $global:StateFolder = "$global:ProgramData/WsusBot"
    $global:Security = @{}
    $null = [IO.Directory]::CreateDirectory($global:ProgramData)
}

function Exit-PracticeState { Remove-Variable -Scope Global -Name ProgramData, StateFolder, Security }
