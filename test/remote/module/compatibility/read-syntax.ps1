# What PowerShell files are made of, by the engine's own parser: reads a JSON list of paths from standard input and writes one
# JSON list, an entry a file. What is allowed is decided in compatibility.test.ts.

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

# Inside `if ($PSVersionTable.PSVersion.Major -ge 6) { ... }`, where Windows PowerShell never comes.
function Test-Guarded($Ast) {
    for ($inner = $Ast; $null -ne $inner.Parent; $inner = $inner.Parent) {
        if ($inner.Parent -isnot [System.Management.Automation.Language.IfStatementAst]) { continue }
        foreach ($clause in $inner.Parent.Clauses) {
            if ($clause.Item2 -eq $inner -and $clause.Item1.Extent.Text -eq '$PSVersionTable.PSVersion.Major -ge 6') { return $true }
        }
    }
    return $false
}

function New-Fact($Ast, $Fields) {
    $Fields.line = $Ast.Extent.StartLineNumber
    $Fields.guarded = Test-Guarded $Ast
    return $Fields
}

# The names of a type as they are written: of its elements and of its generic arguments.
function Get-WrittenTypeName($TypeName) {
    if ($TypeName -is [System.Management.Automation.Language.ArrayTypeName]) { return Get-WrittenTypeName $TypeName.ElementType }
    if ($TypeName -is [System.Management.Automation.Language.GenericTypeName]) {
        return @("$($TypeName.TypeName.Name)``$($TypeName.GenericArguments.Count)") + @($TypeName.GenericArguments | ForEach-Object { Get-WrittenTypeName $_ })
    }
    return $TypeName.Name
}

$watchedKinds = @(
    'TernaryExpressionAst', 'PipelineChainAst', 'TypeDefinitionAst', 'UsingStatementAst', 'ConfigurationDefinitionAst', 'DynamicKeywordStatementAst',
    'PipelineAst', 'BinaryExpressionAst', 'AssignmentStatementAst', 'MemberExpressionAst', 'InvokeMemberExpressionAst', 'IndexExpressionAst',
    'ScriptBlockAst', 'FunctionDefinitionAst', 'ForEachStatementAst', 'MergingRedirectionAst', 'FileRedirectionAst', 'ConstantExpressionAst',
    'StringConstantExpressionAst', 'ExpandableStringExpressionAst'
)

# What a node is called when it came with a later version than 3.0, else nothing.
function Get-NewerSyntax($Ast) {
    switch ($Ast.GetType().Name) {
        'TernaryExpressionAst' { 'ternary (7.0)' }
        'PipelineChainAst' { 'pipeline chain (7.0)' }
        'TypeDefinitionAst' { 'class or enum (5.0)' }
        'UsingStatementAst' { 'using statement (5.0)' }
        'ConfigurationDefinitionAst' { 'configuration (4.0)' }
        'DynamicKeywordStatementAst' { 'dynamic keyword (4.0)' }
        'PipelineAst' { if ($Ast.Background) { 'background & (6.0)' } }
        'BinaryExpressionAst' {
            if ($Ast.Operator -eq 'QuestionQuestion') { '?? (7.0)' }
            if ("$($Ast.Operator)" -in 'Ireplace', 'Creplace' -and $null -ne $Ast.Right.Find({ $args[0] -is [System.Management.Automation.Language.ScriptBlockExpressionAst] }, $true)) {
                '-replace with a block (6.1)'
            }
        }
        'AssignmentStatementAst' { if ($Ast.Operator -eq 'QuestionQuestionEquals') { '??= (7.0)' } }
        { $_ -in 'MemberExpressionAst', 'InvokeMemberExpressionAst', 'IndexExpressionAst' } { if ($Ast.NullConditional) { '?. or ?[ (7.1)' } }
        'ScriptBlockAst' { if ($null -ne $Ast.CleanBlock) { 'clean block (7.3)' } }
        'FunctionDefinitionAst' { if ($Ast.IsWorkflow) { 'workflow' } }
        'ForEachStatementAst' { if ("$($Ast.Flags)" -match 'Parallel') { 'foreach -parallel' } }
        { $_ -in 'MergingRedirectionAst', 'FileRedirectionAst' } { if ($Ast.FromStream -eq 'Information') { 'information stream (5.0)' } }
        'ConstantExpressionAst' {
            if ($Ast.Extent.Text -notmatch '^-?(0x[0-9a-f]+l?|(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?[dl]?)([kmgtp]b)?$') { 'number literal (6.2)' }
        }
        { $_ -in 'StringConstantExpressionAst', 'ExpandableStringExpressionAst' } {
            if ("$($Ast.StringConstantType)" -like 'DoubleQuoted*' -and $Ast.Extent.Text -cmatch '(?<!`)(``)*`(e|u\{)') { '`e or `u{} (6.0)' }
        }
    }
}

# The text of an argument when it is written out, else $null.
function Get-Constant($Ast) {
    if ($Ast -is [System.Management.Automation.Language.StringConstantExpressionAst]) { return $Ast.Value }
    return $null
}

# Whether a statement answers nothing but blocks that are written out in it.
function Test-OnlyBlocks($Statement) {
    if ($Statement -is [System.Management.Automation.Language.IfStatementAst]) {
        $bodies = @($Statement.Clauses | ForEach-Object { $_.Item2 }) + @(if ($null -ne $Statement.ElseClause) { $Statement.ElseClause })
        return @($bodies | ForEach-Object { $_.Statements } | Where-Object { -not (Test-OnlyBlocks $_) }).Count -eq 0
    }
    if ($Statement -is [System.Management.Automation.Language.PipelineAst]) { $Statement = $Statement.PipelineElements[0] }
    return $Statement -is [System.Management.Automation.Language.CommandExpressionAst] -and
        $Statement.Expression -is [System.Management.Automation.Language.ScriptBlockExpressionAst]
}

# `& $block`, where the block is a parameter of the function around that is declared [scriptblock], or a variable of it that is
# given written-out blocks only.
function Test-OwnBlock($Command) {
    $called = $Command.CommandElements[0]
    if ($called -isnot [System.Management.Automation.Language.VariableExpressionAst]) { return $false }
    for ($around = $Command.Parent; $null -ne $around; $around = $around.Parent) {
        if ($around -isnot [System.Management.Automation.Language.FunctionDefinitionAst]) { continue }
        $parameters = @($around.Parameters) + @(if ($null -ne $around.Body.ParamBlock) { $around.Body.ParamBlock.Parameters })
        foreach ($parameter in $parameters) {
            if ($null -ne $parameter -and $parameter.Name.VariablePath.UserPath -eq $called.VariablePath.UserPath) {
                return $parameter.StaticType -eq [scriptblock]
            }
        }
        $given = @($around.FindAll({ $args[0] -is [System.Management.Automation.Language.AssignmentStatementAst] }, $true) |
                Where-Object { "$($_.Left)" -eq "$called" })
        if ($given.Count -gt 0) { return @($given | Where-Object { -not (Test-OnlyBlocks $_.Right) }).Count -eq 0 }
    }
    return $false
}

function Get-CommandFact($Command) {
    $elements = $Command.CommandElements
    $parameters = @($elements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] })
    $fact = @{
        name = $Command.GetCommandName()
        text = $Command.Extent.Text
        operator = "$($Command.InvocationOperator)"
        parameters = @($parameters | ForEach-Object { $_.ParameterName })
        splat = [bool]($elements | Where-Object { $_ -is [System.Management.Automation.Language.VariableExpressionAst] -and $_.Splatted })
        isOwnBlock = Test-OwnBlock $Command
        newType = $null
    }
    if ($fact.name -match '(^|\\)New-Object$' -and $elements.Count -gt 1) { $fact.newType = "$(Get-Constant $elements[1])" }
    return New-Fact $Command $fact
}

function Get-MemberFact($Member) {
    $isCall = $Member -is [System.Management.Automation.Language.InvokeMemberExpressionAst]
    $type = $null
    if ($Member.Static -and $Member.Expression -is [System.Management.Automation.Language.TypeExpressionAst]) {
        $type = @(Get-WrittenTypeName $Member.Expression.TypeName)[0]
    }
    return New-Fact $Member @{
        static = $Member.Static
        type = $type
        # `$ExecutionContext.InvokeCommand.InvokeScript(...)` and the like are told by what they are called on.
        on = $Member.Expression.Extent.Text
        name = Get-Constant $Member.Member
        arguments = if ($isCall) { @($Member.Arguments | Where-Object { $null -ne $_ }).Count } else { $null }
    }
}

function Get-ParameterFact($Parameter) {
    $attributes = @($Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.Language.AttributeAst] })
    return @{
        name = $Parameter.Name.VariablePath.UserPath
        type = @($Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.Language.TypeConstraintAst] } |
                ForEach-Object { $_.TypeName.FullName })
        attributes = @($attributes | ForEach-Object { $_.TypeName.Name })
    }
}

function Get-FunctionFact($Function) {
    $parameters = @($Function.Parameters) + @(if ($null -ne $Function.Body.ParamBlock) { $Function.Body.ParamBlock.Parameters })
    $help = $Function.GetHelpContent()
    return New-Fact $Function @{
        name = $Function.Name
        parameters = @($parameters | Where-Object { $null -ne $_ } | ForEach-Object { Get-ParameterFact $_ })
        hasHelp = $null -ne $help -and -not [string]::IsNullOrWhiteSpace($help.Synopsis)
    }
}

# Nodes by the name of their kind. Only of these kinds is anything asked.
function Get-NodesByKind($Ast) {
    $nodes = @{}
    foreach ($node in $Ast.FindAll({ $true }, $true)) {
        $kind = $node.GetType().Name
        if (-not $nodes.ContainsKey($kind)) { $nodes[$kind] = [Collections.Generic.List[object]]::new() }
        $nodes[$kind].Add($node)
    }
    return $nodes
}

function Get-TypeFact($Node) {
    foreach ($name in Get-WrittenTypeName $Node.TypeName) { New-Fact $Node @{ name = $name } }
}

function Get-AttributeFact($Attribute) {
    return New-Fact $Attribute @{ name = $Attribute.TypeName.Name; arguments = @($Attribute.NamedArguments | ForEach-Object { $_.ArgumentName }) }
}

function Get-FileFact($Path) {
    $tokens = $null
    $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref]$tokens, [ref]$errors)
    $nodes = Get-NodesByKind $ast
    $watched = @($nodes.Keys | Where-Object { $_ -in $watchedKinds })
    return @{
        path = $Path
        errors = @($errors | ForEach-Object { "line $($_.Extent.StartLineNumber): $($_.Message)" })
        newer = @(foreach ($kind in $watched) { foreach ($node in $nodes[$kind]) { foreach ($what in Get-NewerSyntax $node) { New-Fact $node @{ name = $what } } } })
        requirements = @(if ($null -ne $ast.ScriptRequirements) { '#Requires' })
        types = @(foreach ($kind in 'TypeExpressionAst', 'TypeConstraintAst') { foreach ($node in $nodes[$kind]) { Get-TypeFact $node } })
        attributes = @(foreach ($node in $nodes['AttributeAst']) { Get-AttributeFact $node })
        members = @(foreach ($kind in 'MemberExpressionAst', 'InvokeMemberExpressionAst') { foreach ($node in $nodes[$kind]) { Get-MemberFact $node } })
        commands = @(foreach ($node in $nodes['CommandAst']) { Get-CommandFact $node })
        functions = @(foreach ($node in $nodes['FunctionDefinitionAst']) { Get-FunctionFact $node })
    }
}

$paths = [Console]::In.ReadToEnd() | ConvertFrom-Json
ConvertTo-Json -InputObject @($paths | ForEach-Object { Get-FileFact $_ }) -Depth 8 -Compress
