/**
 * Which functions of a program may stop, decided on its parse trees before anything is transformed. Conservative: what
 * cannot be told from the text and the types may stop. A wrong type is no danger: a plain call of a function that has to
 * stop after all is told at run time, never passed over.
 *
 * A function may stop if it contains something that may, or calls a function that may (the least fixpoint over the
 * program's own functions). Methods, getters and setters are told apart by name alone: whatever the program puts under a
 * name may be what is found there.
 *
 * Left out: conversions (`toString`, `valueOf`), traps of proxies, getters read by a pattern or copied by a spread. These
 * cannot be suspended in any case.
 */
import ts from "typescript";
import { moduleOf } from "../diagnostics/std-calls.ts";
import { isStdDeclaration } from "../site-names.ts";
import { usingKind } from "../scopes/declare.ts";
import { skipOuter, withOuter } from "../scopes/syntax.ts";
import {
  extendsOf,
  isArrayAssignment,
  isConsole,
  isExit,
  isStatic,
  isWritten,
  mayRunCode,
  memberName,
  nameText,
} from "./declared.ts";
import { makeHeritage } from "./heritage.ts";
import { isSafelyIterated } from "./iterables.ts";
import { callsBack, isStructural } from "./library.ts";
import { makeResolve } from "./resolve.ts";
import { type Key, spread } from "./spread.ts";
import { STD_NEVER_STOPS, STD_READS_THAT_STOP } from "./std-names.ts";

/** What is decided about, person's program or `std` itself. */
export interface Subject {
  readonly checker: ts.TypeChecker;
  readonly files: readonly ts.SourceFile[];
  /** The language's own library, Node's, a package's: code that has no twins. */
  isForeign(file: ts.SourceFile): boolean;
  /** A call that is known: of the engine, in `std`. */
  known(call: ts.CallExpression): "stops" | "plain" | undefined;
  /** A variable whose every use is an operation. */
  isShared(declaration: ts.Node): boolean;
  /** Whether loops count fuel, and may stop when it runs out. */
  readonly loopsStop: boolean;
  /** Whether every function of the program may stop, as there are places to pause in it. */
  readonly bodiesStop: boolean;
  /** Whether code that is not among the files calls this function, as programs call those that `std` exports. */
  isCalledFromOutside(declaration: ts.Node): boolean;
}

type Effect = "stops" | readonly Key[];

export interface Effects {
  /** Whether the function's own code may stop; of a class, its construction. */
  stops(key: ts.Node): boolean;
  callStops(call: ts.CallLikeExpression): boolean;
  /** Whether what it calls is declared in one of the modules `threadloom:*`. */
  isOfStd(call: ts.CallLikeExpression): boolean;
  /** The function of the program's that a call always comes to: by a name that never means another one. */
  functionOf(call: ts.CallExpression): ts.FunctionLikeDeclaration | undefined;
  /** Whether code of the program's may run where the property is read or written. */
  isAccessor(access: ts.PropertyAccessExpression): boolean;
  readStops(access: ts.PropertyAccessExpression): boolean;
  /** By name alone, for what no type is known of. */
  nameReadStops(name: string): boolean;
  nameWriteStops(name: string): boolean;
  iterationStops(iterable: ts.Expression): boolean;
  patternStops(pattern: ts.Node): boolean;
}

const NOTHING: readonly Key[] = [];

/** Of a value of such a type anything may be expected. */
const UNTOLD = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter;

export function findEffects(subject: Subject): Effects {
  const { checker } = subject;
  const facts = new Map<Key, Set<Key>>();
  const stopping = new Set<Key>();
  const isForeign = (file: ts.SourceFile): boolean => subject.isForeign(file);
  const own = new Set(subject.files);
  const { symbolOf, functionOf, classOf } = makeResolve(checker, own);
  const { overridesOf, enterHeritage } = makeHeritage(checker);

  const add = (key: Key, effect: Effect): void => {
    if (effect === "stops") stopping.add(key);
    else if (effect.length > 0) {
      const known = facts.get(key) ?? new Set();
      for (const one of effect) known.add(one);
      facts.set(key, known);
    }
  };
  const isStopping = (effect: Effect): boolean =>
    effect === "stops" || effect.some((key) => stopping.has(key));

  // ---- what a single piece of syntax does

  /** What constructing by an expression runs: of a class of the program's, or of foreign code. */
  const constructionOf = (expression: ts.Expression, call: ts.Node): Effect => {
    const own = classOf(expression);
    if (own !== undefined) return [own];
    const declaration = symbolOf(skipOuter(expression))?.declarations?.[0];
    if (declaration === undefined) return "stops";
    if (isStdDeclaration(declaration)) return NOTHING;
    if (!isForeign(declaration.getSourceFile())) return "stops";
    if (!ts.isNewExpression(call) && !ts.isCallExpression(call)) return NOTHING;
    const signature = checker.getResolvedSignature(call)?.declaration;
    return passed(call.arguments ?? [], signature as ts.SignatureDeclaration | undefined);
  };

  /** What foreign code may do with its arguments: call functions, go through iterables. */
  const passed = (
    args: readonly ts.Expression[],
    declaration: ts.SignatureDeclaration | undefined,
  ): Effect => {
    const keys: Key[] = [];
    for (const [index, argument] of args.entries()) {
      if (declaration !== undefined && !callsBack(checker, declaration, index)) continue;
      const literal = functionOf(argument);
      if (literal !== undefined) {
        keys.push(literal);
        continue;
      }
      const type = checker.getTypeAtLocation(argument);
      const unknown = (type.flags & ts.TypeFlags.Any) !== 0;
      if (unknown || type.getCallSignatures().length > 0) return "stops";
      if (isIterable(type) && !isSafelyIterated(checker, type, isForeign)) return "stops";
    }
    return keys;
  };
  const isIterable = (type: ts.Type): boolean =>
    type.getProperties().some(({ escapedName }) => String(escapedName).startsWith("__@iterator"));

  const callEffect = (call: ts.CallLikeExpression): Effect => {
    if (ts.isNewExpression(call)) {
      return constructionOf(call.expression, call);
    }
    if (ts.isCallExpression(call)) {
      const known = subject.known(call);
      if (known !== undefined) return known === "stops" ? "stops" : NOTHING;
      if (call.expression.kind === ts.SyntaxKind.ImportKeyword) return NOTHING;
      if (call.expression.kind === ts.SyntaxKind.SuperKeyword) return baseOf(call);
    }
    if (!ts.isCallExpression(call) && !ts.isTaggedTemplateExpression(call)) return NOTHING;
    const callee = skipOuter(
      ts.isCallExpression(call) ? call.expression : call.tag,
    ) as ts.Expression;
    const read = ts.isPropertyAccessExpression(callee) ? readEffect(callee) : NOTHING;
    if (read === "stops") return "stops";
    const literal = functionOf(callee);
    if (literal !== undefined) {
      give(literal, call);
      return [...read, ...calling(literal)];
    }
    const given = parameterOf(callee);
    if (given !== undefined) return [...read, given];
    const signature = checker.getResolvedSignature(call);
    const declaration = signature?.declaration as ts.SignatureDeclaration | undefined;
    if (declaration === undefined) return "stops";
    const done = declaredEffect(call, callee, declaration);
    return done === "stops" ? "stops" : [...read, ...done];
  };

  // ---- functions that are given to functions: what a parameter comes to is what all calls give for it

  /** What a parameter is called by; nothing if not all calls of its function can be seen. */
  const parameterOf = (callee: ts.Expression): string | undefined => {
    if (!ts.isIdentifier(callee)) return undefined;
    const declaration = symbolOf(callee)?.valueDeclaration;
    if (declaration === undefined || !ts.isParameter(declaration)) return undefined;
    const of = declaration.parent;
    const isSeen =
      own.has(of.getSourceFile()) &&
      !subject.isCalledFromOutside(of) &&
      !assigned.has(declaration) &&
      declaration.dotDotDotToken === undefined &&
      (ts.isFunctionDeclaration(of) || ts.isMethodDeclaration(of) || isConstantFunction(of));
    return isSeen ? argumentKey(receiverKey(of), of.parameters.indexOf(declaration)) : undefined;
  };

  const isConstantFunction = (of: ts.Node): boolean =>
    (ts.isArrowFunction(of) || ts.isFunctionExpression(of)) &&
    ts.isVariableDeclaration(of.parent) &&
    (ts.getCombinedNodeFlags(of.parent) & ts.NodeFlags.Const) !== 0;

  const receiverKey = (of: ts.Node): Key =>
    ts.isMethodDeclaration(of) && !ts.isPrivateIdentifier(of.name)
      ? `call ${nameText(of.name)}`
      : of;

  const numbers = new Map<ts.Node, number>();
  const textOfKey = (key: Key): string => {
    if (typeof key === "string") return key;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return `#${known}`;
  };
  const argumentKey = (of: Key, index: number): string => `argument ${index} of ${textOfKey(of)}`;
  const anyArgumentKey = (of: Key): string => `arguments of ${textOfKey(of)}`;

  /** A call gives its arguments to a function. */
  const give = (to: Key, call: ts.CallLikeExpression): void => {
    if (!ts.isCallExpression(call)) {
      stopping.add(anyArgumentKey(to));
      return;
    }
    for (const [index, argument] of call.arguments.entries()) {
      if (ts.isSpreadElement(argument)) stopping.add(anyArgumentKey(to));
      else add(argumentKey(to, index), givenEffect(argument));
    }
  };

  const givenEffect = (argument: ts.Expression): Effect => {
    const literal = functionOf(argument);
    if (literal !== undefined) return calling(literal);
    const passedOn = parameterOf(skipOuter(argument) as ts.Expression);
    if (passedOn !== undefined) return [passedOn];
    return isCallable(checker.getTypeAtLocation(argument)) ? "stops" : NOTHING;
  };

  /** Of a union that holds something else as well it depends on what is asked of it first. */
  const isCallable = (type: ts.Type): boolean =>
    (type.isUnion() && type.types.some(isCallable)) ||
    (type.flags & UNTOLD) !== 0 ||
    checker.getSignaturesOfType(checker.getNonNullableType(type), ts.SignatureKind.Call).length > 0;

  const assigned = new Set<ts.Node>();
  /** Parameters that something is assigned to, and functions that are used otherwise than by calling them. */
  const enterIdentifier = (node: ts.Identifier): void => {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      const outer = withOuter(parent).parent;
      const isCalled = ts.isCallExpression(outer) && skipOuter(outer.expression) === parent;
      if (!isCalled) stopping.add(anyArgumentKey(`call ${node.text}`));
      return;
    }
    const declaration = symbolOf(node)?.valueDeclaration;
    if (declaration === undefined || declaration === parent) return;
    if (ts.isParameter(declaration)) {
      if (isWritten(node)) assigned.add(declaration);
      return;
    }
    const literal = functionOf(node);
    if (literal === undefined || ts.isExportSpecifier(parent) || ts.isImportSpecifier(parent))
      return;
    const outer = withOuter(node).parent;
    if (!ts.isCallExpression(outer) || skipOuter(outer.expression) !== node)
      stopping.add(anyArgumentKey(literal));
  };

  const declaredEffect = (
    call: ts.CallExpression | ts.TaggedTemplateExpression,
    callee: ts.Expression,
    declaration: ts.SignatureDeclaration,
  ): Effect => {
    const file = declaration.getSourceFile();
    if (isStdDeclaration(declaration)) return neverStops(declaration) ? NOTHING : "stops";
    if (isForeign(file)) {
      if (isConsole(callee) || isExit(callee) || isStructural(declaration)) return "stops";
      if (!ts.isCallExpression(call)) return NOTHING;
      return passed(call.arguments, declaration);
    }
    if (ts.isPropertyAccessExpression(callee) && ts.isPrivateIdentifier(callee.name)) {
      if (!ts.isMethodDeclaration(declaration)) return "stops";
      give(declaration, call);
      return calling(declaration);
    }
    const nominal = ts.isMethodDeclaration(declaration) ? overridesOf(declaration) : undefined;
    if (nominal !== undefined) {
      give(`call ${nameText(declaration.name!)}`, call);
      return nominal.flatMap(calling);
    }
    // What has the shape of an interface of the person's may be an object of ours all the same.
    if (!ts.isMethodDeclaration(declaration) && stdMethods().has(memberName(declaration)))
      return "stops";
    if (ts.isPropertyAccessExpression(callee)) {
      give(`call ${callee.name.text}`, call);
      return [`call ${callee.name.text}`];
    }
    if (ts.isElementAccessExpression(callee) && ts.isMethodDeclaration(declaration)) {
      give(`call ${nameText(declaration.name)}`, call);
      return [`call ${nameText(declaration.name)}`];
    }
    return "stops";
  };

  /** Names of the methods of our classes and interfaces. */
  let ofStd: ReadonlySet<string> | undefined;
  const stdMethods = (): ReadonlySet<string> =>
    (ofStd ??= new Set(
      checker
        .getAmbientModules()
        .filter(({ name }) => name.startsWith('"threadloom:'))
        .flatMap((module) => checker.getExportsOfModule(module))
        .filter(({ flags }) => (flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0)
        .flatMap((one) => [...(one.members?.values() ?? [])])
        .filter(({ flags }) => (flags & ts.SymbolFlags.Method) !== 0)
        .map(({ name }) => name),
    ));

  /** Names of other modules of ours mean something else. */
  const neverStops = (declaration: ts.SignatureDeclaration): boolean =>
    moduleOf(declaration) === "threadloom:std" && STD_NEVER_STOPS.has(memberName(declaration));

  /** A generator's body runs later. A task's begins at once. */
  const calling = (literal: ts.Node): readonly Key[] => {
    const { asteriskToken } = literal as Partial<ts.FunctionExpression>;
    return asteriskToken !== undefined ? NOTHING : [literal];
  };

  const baseOf = (node: ts.Node): Effect => {
    let at: ts.Node | undefined = node;
    while (at !== undefined && !ts.isClassLike(at)) at = at.parent;
    const heritage = at && extendsOf(at);
    return heritage === undefined ? NOTHING : constructionOf(heritage, node);
  };

  const readEffect = (access: ts.PropertyAccessExpression): Effect => {
    if (ts.isPrivateIdentifier(access.name)) {
      const declarations = symbolOf(access.name)?.declarations ?? [];
      return declarations.filter(ts.isGetAccessorDeclaration);
    }
    const { text } = access.name;
    const declaration = checker.getSymbolAtLocation(access.name)?.declarations?.[0];
    if (declaration !== undefined) {
      if (isStdDeclaration(declaration)) return STD_READS_THAT_STOP.has(text) ? "stops" : NOTHING;
      if (
        isForeign(declaration.getSourceFile()) ||
        ts.isPropertyDeclaration(declaration) ||
        ts.isPropertyAssignment(declaration) ||
        ts.isShorthandPropertyAssignment(declaration) ||
        ts.isMethodDeclaration(declaration) ||
        ts.isEnumMember(declaration) ||
        ts.isParameter(declaration)
      )
        return NOTHING;
    }
    return [`get ${text}`];
  };

  const effectOf = (node: ts.Node): Effect => {
    if (
      ts.isCallExpression(node) ||
      ts.isNewExpression(node) ||
      ts.isTaggedTemplateExpression(node)
    )
      return callEffect(node);
    if (ts.isPropertyAccessExpression(node)) {
      const written = isWritten(node) ? [`set ${node.name.text}`] : NOTHING;
      const read = readEffect(node);
      return read === "stops" ? "stops" : [...read, ...written];
    }
    if (ts.isIdentifier(node)) return isSharedName(node) ? "stops" : NOTHING;
    if (ts.isForOfStatement(node)) return iterationEffect(node.expression);
    if (ts.isSpreadElement(node)) return iterationEffect(node.expression);
    if (ts.isYieldExpression(node) && node.asteriskToken !== undefined) return "stops";
    if (ts.isArrayBindingPattern(node)) return patternEffect(node);
    if (isArrayAssignment(node)) return iterationEffect(node.right);
    if (ts.isVariableDeclarationList(node)) return usingKind(node) === "using" ? "stops" : NOTHING;
    if (ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isForStatement(node))
      return subject.loopsStop ? "stops" : NOTHING;
    return NOTHING;
  };

  const isSharedName = (node: ts.Identifier): boolean =>
    symbolOf(node)?.declarations?.some((one) => subject.isShared(one)) ?? false;

  const iterationEffect = (iterable: ts.Expression): Effect =>
    isSafelyIterated(checker, checker.getTypeAtLocation(iterable), isForeign) ? NOTHING : "stops";

  const patternEffect = (pattern: ts.ArrayBindingPattern): Effect => {
    const { parent } = pattern;
    const typed =
      ts.isVariableDeclaration(parent) && parent.initializer !== undefined
        ? parent.initializer
        : parent;
    return isSafelyIterated(checker, checker.getTypeAtLocation(typed), isForeign)
      ? NOTHING
      : "stops";
  };

  // ---- what a whole function does

  /** The effects of a function's own code: not of the functions within it. */
  const gather = (key: Key, node: ts.Node | undefined): void => {
    if (node === undefined || ts.isTypeNode(node)) return;
    if (ts.isFunctionLike(node)) {
      gatherName(key, node.name);
      return;
    }
    if (ts.isClassLike(node)) {
      gather(key, extendsOf(node));
      for (const member of node.members) {
        gatherName(key, member.name);
        if (ts.isClassStaticBlockDeclaration(member)) gather(key, member.body);
        else if (ts.isPropertyDeclaration(member) && isStatic(member))
          gather(key, member.initializer);
      }
      return;
    }
    add(key, effectOf(node));
    ts.forEachChild(node, (child) => gather(key, child));
  };
  const gatherName = (key: Key, name: ts.Node | undefined): void => {
    if (name !== undefined && ts.isComputedPropertyName(name)) gather(key, name.expression);
  };

  const enterFunction = (node: ts.FunctionLikeDeclaration): void => {
    for (const [index, parameter] of node.parameters.entries()) {
      const key = argumentKey(receiverKey(node), index);
      add(key, [anyArgumentKey(receiverKey(node))]);
      if (parameter.initializer) add(key, givenEffect(parameter.initializer));
      gather(node, parameter.name);
      gather(node, parameter.initializer);
    }
    gather(node, node.body);
    if (subject.bodiesStop) stopping.add(node);
    if (ts.isConstructorDeclaration(node)) return;
    if (ts.isMethodDeclaration(node)) add(`call ${nameText(node.name)}`, calling(node));
    if (ts.isGetAccessor(node)) add(`get ${nameText(node.name)}`, [node]);
    if (ts.isSetAccessor(node)) add(`set ${nameText(node.name)}`, [node]);
  };

  const enterClass = (node: ts.ClassLikeDeclaration): void => {
    add(node, baseOf(node));
    for (const member of node.members) {
      if (ts.isConstructorDeclaration(member) && member.body) add(node, [member]);
      if (ts.isPropertyDeclaration(member) && !isStatic(member)) gather(node, member.initializer);
    }
  };

  /** A value that stands under a name: what a call by that name may come to. */
  const enterValue = (name: string, value: ts.Expression | undefined, typed: ts.Node): void => {
    const literal = value && functionOf(value);
    if (literal !== undefined) add(`call ${name}`, calling(literal));
    else {
      if (isCallable(checker.getTypeAtLocation(typed))) add(`call ${name}`, "stops");
    }
  };

  const enter = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isFunctionLike(node) && (node as ts.FunctionLikeDeclaration).body !== undefined)
      enterFunction(node as ts.FunctionLikeDeclaration);
    if (ts.isClassLike(node)) enterClass(node);
    if (ts.isPropertyAssignment(node)) enterValue(nameText(node.name), node.initializer, node);
    if (ts.isShorthandPropertyAssignment(node)) enterValue(node.name.text, node.name, node.name);
    if (ts.isPropertyDeclaration(node)) enterValue(nameText(node.name), node.initializer, node);
    if (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent))
      enterValue(nameText(node.name), undefined, node);
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment &&
      ts.isPropertyAccessExpression(node.left)
    )
      enterValue(node.left.name.text, node.right, node.right);
    ts.forEachChild(node, enter);
  };

  const enterIdentifiers = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isIdentifier(node)) enterIdentifier(node);
    if (ts.isClassLike(node)) enterHeritage(node);
    ts.forEachChild(node, enterIdentifiers);
  };
  for (const file of subject.files) enterIdentifiers(file);
  for (const file of subject.files) {
    enter(file);
    ts.forEachChild(file, (statement) => gather(file, statement));
  }
  spread(facts, stopping);

  const remembered = new Map<ts.Node, boolean>();
  const remember = (node: ts.Node, effect: () => Effect): boolean => {
    let known = remembered.get(node);
    if (known === undefined) remembered.set(node, (known = isStopping(effect())));
    return known;
  };
  return {
    stops: (key) => stopping.has(key),
    callStops: (call) => remember(call, () => callEffect(call)),
    readStops: (access) => remember(access, () => readEffect(access)),
    nameReadStops: (name) => stopping.has(`get ${name}`) || STD_READS_THAT_STOP.has(name),
    nameWriteStops: (name) => stopping.has(`set ${name}`),
    iterationStops: (iterable) => isStopping(iterationEffect(iterable)),
    isOfStd: (call) => {
      const declaration = checker.getResolvedSignature(call)?.declaration;
      return declaration !== undefined && isStdDeclaration(declaration);
    },
    functionOf: (call) => functionOf(call.expression) as ts.FunctionLikeDeclaration | undefined,
    isAccessor: ({ name }) => mayRunCode(checker.getSymbolAtLocation(name)),
    patternStops: (pattern) =>
      ts.isArrayBindingPattern(pattern) ? isStopping(patternEffect(pattern)) : true,
  };
}
