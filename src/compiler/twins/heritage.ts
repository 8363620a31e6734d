/** Which methods a call may come to, by the classes that extend one another. */
import ts from "typescript";
import { extendsOf, isPrivate, nameText } from "./declared.ts";

export function makeHeritage(checker: ts.TypeChecker) {
  /**
   * The methods that a call may come to, where the class has private members: only its instances, and those of the classes
   * that extend it, have its type.
   */
  const overridesOf = (method: ts.MethodDeclaration): ts.MethodDeclaration[] | undefined => {
    const { parent: of } = method;
    if (!ts.isClassLike(of) || !of.members.some(isPrivate)) return undefined;
    const name = nameText(method.name);
    return [of, ...descendants(of)].flatMap((one) =>
      one.members.filter(
        (member): member is ts.MethodDeclaration =>
          ts.isMethodDeclaration(member) &&
          member.body !== undefined &&
          nameText(member.name) === name,
      ),
    );
  };

  const children = new Map<ts.Node, ts.ClassLikeDeclaration[]>();
  const descendants = (of: ts.Node): ts.ClassLikeDeclaration[] =>
    (children.get(of) ?? []).flatMap((child) => [child, ...descendants(child)]);
  const enterHeritage = (node: ts.ClassLikeDeclaration): void => {
    const heritage = extendsOf(node);
    const parent = heritage && checker.getTypeAtLocation(node).getBaseTypes?.()?.[0]?.getSymbol();
    const declaration = parent?.valueDeclaration;
    if (declaration === undefined) return;
    const known = children.get(declaration);
    if (known === undefined) children.set(declaration, [node]);
    else known.push(node);
  };

  return { overridesOf, enterHeritage };
}
