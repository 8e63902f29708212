// The plain loop that the binding is measured against: the operators of OperatorLoops.cs, called through libtorch's own C++ interface.
// Arguments: calls of each operator. Output: a line "name nanoseconds" for each.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

template <class Call>
void time(const char* name, long calls, Call call) {
  for (long i = 0; i < calls / 10; i++) call();
  auto start = std::chrono::steady_clock::now();
  for (long i = 0; i < calls; i++) call();
  std::chrono::duration<double, std::nano> lasted = std::chrono::steady_clock::now() - start;
  std::printf("%s %.1f\n", name, lasted.count() / calls);
}

}  // namespace

int main(int, char** arguments) {
  auto calls = std::atol(arguments[1]);
  at::set_num_threads(1);
  auto x = at::rand({8, 8}), y = at::rand({8, 8}), weight = at::rand({8}), bias = at::rand({8});
  time("add", calls, [&] { at::add(x, y); });
  time("mul-number", calls, [&] { at::mul(x, 1.5); });
  time("relu", calls, [&] { at::relu(x); });
  time("matmul", calls, [&] { at::matmul(x, y); });
  time("softmax", calls, [&] { at::softmax(x, -1); });
  time("layer-norm", calls, [&] { at::layer_norm(x, {8}, weight, bias, 1e-6); });
  time("sum", calls, [&] { x.sum(1); });
  time("view", calls, [&] { x.view({64}); });
  time("transpose", calls, [&] { x.transpose(0, 1); });
  time("cat", calls, [&] { at::cat({x, y}, 0); });
  time("mul_-number", calls, [&] { x.mul_(1.0); });
  time("addcmul_", calls, [&] { x.addcmul_(y, y, 0.0); });
}
