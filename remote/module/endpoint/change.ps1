# Changes to this server: each is asked about before it is made.

# How many were wanted, and how many -WhatIf or a no to -Confirm kept from being made.
$script:Wanted = 0
$script:NotMade = 0

# Whether to make a change: not with -WhatIf, and not after a no to -Confirm.
function Confirm-Change {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([string]$Target, [string]$Action)

    $script:Wanted++
    if ($PSCmdlet.ShouldProcess($Target, $Action)) { return $true }
    $script:NotMade++
    return $false
}
