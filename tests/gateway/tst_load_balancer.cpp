// EndpointSet, RoundRobin, LeastRequest: order, evenness, and endpoints that go down and come back.
#include <QtTest>

#include <algorithm>

#include "engine/gateway/load_balancer.h"
#include "tests/gateway/steps.h"

namespace ringside::gateway {

using test::Steps;

class TestLoadBalancer : public QObject {
  Q_OBJECT

 private slots:
  void roundRobinGoesAroundInOrder();
  void roundRobinGoesOnWhereItWasWhenTheSetChanges();
  void leastRequestTakesTheLessBusyAndTheFirstOnATie();
  void leastRequestKeepsTheFullestNearTheMean();
  void neverPicksOneThatIsDown();
  void keepsCountingRequestsAtAnEndpointThatWentDown();
};

namespace {

std::uint64_t drawOf(std::uint64_t first, std::uint64_t second, std::uint64_t count) {
  const auto half = [count](std::uint64_t index) { return (index << 32) / count + 1; };
  return (half(first) << 32) | half(second);
}

}  // namespace

void TestLoadBalancer::roundRobinGoesAroundInOrder() {
  EndpointSet endpoints(3);
  RoundRobin balancer;
  for (Endpoint i = 0; i < 9; ++i) QCOMPARE(balancer.pick(endpoints), std::optional(i % 3));
}

void TestLoadBalancer::roundRobinGoesOnWhereItWasWhenTheSetChanges() {
  EndpointSet endpoints(4);
  RoundRobin balancer;
  QCOMPARE(balancer.pick(endpoints), std::optional<Endpoint>(0));
  QCOMPARE(balancer.pick(endpoints), std::optional<Endpoint>(1));
  endpoints.markDown(1);
  endpoints.markDown(0);
  QCOMPARE(balancer.pick(endpoints), std::optional<Endpoint>(2));
  endpoints.markUp(0);
  QCOMPARE(balancer.pick(endpoints), std::optional<Endpoint>(3));
  QCOMPARE(endpoints.add(), Endpoint{4});
  QCOMPARE(balancer.pick(endpoints), std::optional<Endpoint>(4));
  QCOMPARE(balancer.pick(endpoints), std::optional<Endpoint>(0));
}

void TestLoadBalancer::leastRequestTakesTheLessBusyAndTheFirstOnATie() {
  EndpointSet endpoints(4);
  QCOMPARE(LeastRequest::pick(endpoints, drawOf(2, 1, 4)), std::optional<Endpoint>(2));
  endpoints.begin(2);
  QCOMPARE(LeastRequest::pick(endpoints, drawOf(2, 1, 4)), std::optional<Endpoint>(1));
  endpoints.begin(1);
  QCOMPARE(LeastRequest::pick(endpoints, drawOf(2, 1, 4)), std::optional<Endpoint>(2));
}

// Balls into bins: two choices keep the gap near log log n, one choice near sqrt(m log n / n).
void TestLoadBalancer::leastRequestKeepsTheFullestNearTheMean() {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Steps steps(seed);
    EndpointSet endpoints(100);
    for (int ball = 0; ball < 100'000; ++ball) {
      endpoints.begin(*LeastRequest::pick(endpoints, steps.next()));
    }
    std::uint32_t fullest = 0;
    for (Endpoint i = 0; i < 100; ++i) fullest = std::max(fullest, endpoints.active(i));
    QVERIFY(fullest < 1000 + 3);
  }
}

void TestLoadBalancer::neverPicksOneThatIsDown() {
  Steps steps(3);
  EndpointSet endpoints(5);
  RoundRobin balancer;
  for (int i = 0; i < 5000; ++i) {
    const auto endpoint = static_cast<Endpoint>(steps.between(0, 4));
    steps.oneIn(2) ? endpoints.markUp(endpoint) : endpoints.markDown(endpoint);
    const auto next = balancer.pick(endpoints);
    const auto least = LeastRequest::pick(endpoints, steps.next());
    QCOMPARE(next.has_value(), !endpoints.up().empty());
    QCOMPARE(least.has_value(), !endpoints.up().empty());
    if (next) QVERIFY(endpoints.isUp(*next));
    if (least) QVERIFY(endpoints.isUp(*least));
  }
}

void TestLoadBalancer::keepsCountingRequestsAtAnEndpointThatWentDown() {
  EndpointSet endpoints(2);
  endpoints.begin(1);
  endpoints.markDown(1);
  QCOMPARE(endpoints.active(1), 1u);
  endpoints.end(1);
  QCOMPARE(endpoints.active(1), 0u);
  QVERIFY_EXCEPTION_THROWN(endpoints.end(1), Bug);
}

}  // namespace ringside::gateway

QTEST_GUILESS_MAIN(ringside::gateway::TestLoadBalancer)
#include "tst_load_balancer.moc"
