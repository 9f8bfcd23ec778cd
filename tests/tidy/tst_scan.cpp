#include <QtTest>

#include "tests/tidy/scan.h"

using namespace ringside::tidy;

namespace {

std::string namesAndLines(std::string_view source) {
  std::string text;
  for (const Function& function : functionsOf(source)) {
    text += function.head.substr(0, function.head.find('(')) + "@" +
            std::to_string(function.firstLine) + "+" + std::to_string(function.lines) + " ";
  }
  return text;
}

}  // namespace

class TestScan : public QObject {
  Q_OBJECT

 private slots:
  void blanksCommentsAndLiterals_data() {
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("code");
    QTest::newRow("line comment") << "a; // b {\nc"
                                  << "a;       \nc";
    QTest::newRow("block comment") << "a /* b\n{ */ c"
                                   << "a     \n     c";
    QTest::newRow("string") << "f(\"a{\\\"b\");"
                            << "f(       );";
    QTest::newRow("raw string") << "f(R\"x(a\"{)x\");"
                                << "f(          );";
    QTest::newRow("character") << "f('{', '\\'');"
                               << "f(   ,     );";
    QTest::newRow("digit separator") << "int a = 1'000'000; {"
                                     << "int a = 1'000'000; {";
    QTest::newRow("slashes in a string") << "f(\"http://x\"); g"
                                         << "f(          ); g";
    QTest::newRow("unclosed") << "f(\"abc"
                              << "f(    ";
  }
  void blanksCommentsAndLiterals() {
    QFETCH(QString, source);
    QFETCH(QString, code);
    QCOMPARE(QString::fromStdString(codeOnly(source.toStdString())), code);
  }

  void findsFunctions_data() {
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("found");
    const auto row = [](const char* name, const char* source, const char* found) {
      QTest::newRow(name) << source << found;
    };
    row("one", "int f() {\n  return 1;\n}\n", "int f@1+3 ");
    row("in one line", "int f() { return 1; }\nint g() { return 2; }\n", "int f@1+1 int g@2+1 ");
    row("in namespaces", "namespace a {\nnamespace {\nvoid f() {\n}\n}\n}\n", "void f@3+2 ");
    row("members", "class A {\n public:\n  A() {}\n  int b() const {\n    return 1;\n  }\n};\n",
        "A@3+1 int b@4+3 ");
    row("declarations are none", "int f();\nstruct A;\nclass B : public A {\n};\n", "");
    row("blocks and lambdas belong to it",
        "void f() {\n  if (a) {\n  }\n  g([&](int x) {\n    h();\n  });\n}\n", "void f@1+7 ");
    row("template", "template <class T>\nvoid f(T t) {\n}\n", "void f@2+2 ");
    row("template class", "template <class T>\nclass A {\n  void f() {\n  }\n};\n", "void f@3+2 ");
    row("tables are none", "const std::array<int, 2> k = {\n  {1, 2}\n};\nint f() {\n}\n",
        "int f@4+2 ");
    row("initialised objects are none", "Foo foo{\n 1};\nenum class A { B, C };\n", "");
    row("long heads count", "int f(int a,\n      int b)\n    noexcept {\n}\n", "int f@1+4 ");
    row("constructor with initialisers", "A::A(int b)\n    : b_(b) {\n  f();\n}\n", "A::A@1+4 ");
    row("braces in literals", "void f() {\n  g(\"}\", '}'); // }\n}\nvoid h() {}\n",
        "void f@1+3 void h@4+1 ");
    row("behind a macro", "#define A(x) x\nvoid f() {\n}\n", "void f@2+2 ");
    row("slots",
        "class T : public QObject {\n  Q_OBJECT\n\n private slots:\n  void f() {\n  }\n};\n",
        "void f@5+2 ");
  }
  void findsFunctions() {
    QFETCH(QString, source);
    QFETCH(QString, found);
    QCOMPARE(QString::fromStdString(namesAndLines(source.toStdString())), found);
  }

  void findsIncludes() {
    const auto includes = includesOf(
        "#pragma once\n#include <vector>\n#include \"engine/a.h\"\n"
        "// #include \"no.h\"\n");
    QCOMPARE(includes.size(), std::size_t{2});
    QCOMPARE(includes[0].path, std::string("vector"));
    QVERIFY(includes[0].angled);
    QCOMPARE(includes[1].path, std::string("engine/a.h"));
    QCOMPARE(includes[1].line, 3);
    QVERIFY(!includes[1].angled);
  }

  void countsCharactersNotBytes() {
    QCOMPARE(columnsOf("abc"), 3);
    QCOMPARE(columnsOf("\xC3\xA4\xE2\x82\xAC!"), 3);
    QCOMPARE(columnsOf(""), 0);
  }

  void splitsLines() {
    QCOMPARE(linesOf("").size(), std::size_t{0});
    QCOMPARE(linesOf("a").size(), std::size_t{1});
    QCOMPARE(linesOf("a\n\nb\n").size(), std::size_t{3});
  }
};

QTEST_GUILESS_MAIN(TestScan)
#include "tst_scan.moc"
