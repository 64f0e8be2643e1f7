# What the tests ask of the engine beside the contract. Each function answers one JSON string.

$ErrorActionPreference = 'Stop'

$script:Key = 'HKLM:\SOFTWARE\WSUS Bot contract'

# Sessions of this run, counted in the registry that all of them share.
if (-not (Test-Path -Path $script:Key)) { $null = New-Item -Path $script:Key -Value '' }
$sessions = 1 + (Get-Item -Path $script:Key).GetValue('Sessions', 0)
Set-ItemProperty -Path $script:Key -Name 'Sessions' -Value $sessions -Type DWord

# What only an engine that runs can say of a number.
function Get-EngineProof {
    param([Parameter(Mandatory)] [long]$Number)
    Set-ItemProperty -Path $script:Key -Name 'Number' -Value "$Number" -Type String
    $hash = [Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::Unicode.GetBytes("$Number"))
    ConvertTo-Json -Compress -InputObject @{
        isWindows = $IsWindows
        platform = [string][Environment]::OSVersion.Platform
        square = [string]([bigint]$Number * $Number)
        sha256 = -join @($hash | ForEach-Object { $_.ToString('x2') })
        fromRegistry = [string](Get-Item -Path $script:Key).GetValue('Number')
        sessions = (Get-Item -Path $script:Key).GetValue('Sessions')
        processId = $PID
    }
}

# Calls a function of the module as it is shipped, also when the practice layer hides it.
function Invoke-ShippedFunction {
    param([Parameter(Mandatory)] [string]$Name, [Parameter(Mandatory)] [string]$Arguments)
    $list = ConvertFrom-Json -InputObject $Arguments -NoEnumerate
    Get-Outcome {
        & (Get-Module -Name WsusBot) {
            $function = Get-Command -Name $args[0] -CommandType Function
            $list = $args[1]
            & $function @list
        } $Name $list
    }
}

# Runs the branch of Move-FileOver that Windows PowerShell takes.
function Move-AsWindowsPowerShell {
    param([Parameter(Mandatory)] [string]$From, [Parameter(Mandatory)] [string]$To)
    Get-Outcome { Invoke-WindowsPowerShellMove $From $To }
}

# Lets the acting functions of this session replace files in that way.
function Use-WindowsPowerShellMove {
    Set-Alias -Name Move-FileOver -Value Invoke-WindowsPowerShellMove -Scope Global
    '{}'
}

function Invoke-WindowsPowerShellMove([string]$From, [string]$To) {
    $branch = & (Get-Module -Name WsusBot) {
        $function = Get-Command -Name 'Move-FileOver' -CommandType Function
        $isIf = { $args[0] -is [Management.Automation.Language.IfStatementAst] }
        $function.ScriptBlock.Ast.Find($isIf, $true).ElseClause.Extent.Text
    }
    & ([scriptblock]::Create("param(`$From, `$To) $($branch.Trim().TrimStart('{').TrimEnd('}'))")) $From $To
}

# Holds a file open, as another program does, until the file that ends it is there.
function Wait-WithOpenFile {
    param([Parameter(Mandatory)] [string]$Path, [Parameter(Mandatory)] [string]$Share, [Parameter(Mandatory)] [string]$Until)
    $stream = [IO.File]::Open($Path, 'OpenOrCreate', 'Read', $Share)
    try {
        Write-Progress -Activity 'Wait-WithOpenFile' -Status 'held'
        while (-not [IO.File]::Exists($Until)) { Start-Sleep -Milliseconds 20 }
    } finally { $stream.Dispose() }
    '{}'
}

function Set-RegistryText {
    param(
        [Parameter(Mandatory)] [string]$Path, [Parameter(Mandatory)] [string]$Name, [Parameter(Mandatory)] [string]$Value,
        [ValidateSet('String', 'ExpandString')] [string]$Type = 'String'
    )
    Set-ItemProperty -LiteralPath $Path -Name $Name -Value $Value -Type $Type
    '{}'
}

function Get-RegistryText {
    param([Parameter(Mandatory)] [string]$Path, [Parameter(Mandatory)] [string]$Name)
    Get-Outcome { (Get-Item -LiteralPath $Path).GetValue($Name) }
}

function Stop-PracticeService {
    param([Parameter(Mandatory)] [string]$Name)
    Stop-Service -Name $Name
    '{}'
}

function Get-FileAsWindowsSeesIt {
    param([Parameter(Mandatory)] [string]$Path)
    $item = Get-Item -LiteralPath $Path -Force
    ConvertTo-Json -Compress -InputObject @{
        linkType = [string]$item.LinkType
        attributes = [string]$item.Attributes
        text = [IO.File]::ReadAllText($Path)
    }
}

function Get-Outcome([scriptblock]$Block) {
    try {
        $value = & $Block
        return ConvertTo-Json -Compress -Depth 5 -InputObject @{ value = $value }
    } catch {
        $exception = $_.Exception
        while ($null -ne $exception.InnerException) { $exception = $exception.InnerException }
        return ConvertTo-Json -Compress -InputObject @{
            error = @{ type = $exception.GetType().Name; code = [string]$exception.Data['WsusBotCode']; text = $exception.Message }
        }
    }
}

Export-ModuleMember -Function Get-EngineProof, Invoke-ShippedFunction, Move-AsWindowsPowerShell, Use-WindowsPowerShellMove,
    Invoke-WindowsPowerShellMove, Wait-WithOpenFile, Set-RegistryText, Get-RegistryText, Stop-PracticeService, Get-FileAsWindowsSeesIt
