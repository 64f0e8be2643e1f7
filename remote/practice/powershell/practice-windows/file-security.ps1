# Owner and DACL, which belong to a file under all its names, and those names.

function Get-PracticeFileSecurity([string]$Path) {
    $security = Invoke-PracticeMachine 'security' @{ path = $Path }
    return @{ Owner = $security.owner; Sddl = $security.sddl }
}

function Set-PracticeFileSecurity([string]$Path, [string]$Sddl) {
    $null = Invoke-PracticeMachine 'set-security' @{ path = $Path; sddl = $Sddl }
}

function Grant-PracticeFileAccess([string]$Path) { $null = Invoke-PracticeMachine 'grant-access' @{ path = $Path } }

function Get-PracticeHardLink([string]$Path) { return (Invoke-PracticeMachine 'hard-links' @{ path = $Path }).paths }
