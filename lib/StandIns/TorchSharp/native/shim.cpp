// The C interface between TorchSharp's stand-in and libtorch. Operators are found in libtorch's own dispatcher by name and called with
// their arguments in a row, so that one entry serves all of them, autograd included. No exception leaves this file.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/csrc/api/include/torch/version.h>

#include <dlfcn.h>
#include <malloc.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#define SHIM extern "C" __attribute__((visibility("default")))

namespace {

enum Tag : int64_t { None, TensorTag, Integer, Double, Bool, String, Integers, Doubles, Tensors, DeviceTag, GeneratorTag };

struct Value {
  int64_t tag;
  union {
    int64_t integer;
    double number;
    void* pointer;
  };
  int64_t length;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<int> given;  // for each argument of the schema: its place among the given ones, or -1
};

thread_local std::string last_error;

template <class Body>
int64_t guarded(Body body) noexcept {
  try {
    return body();
  } catch (const c10::Error& e) {
    last_error = e.what_without_backtrace();
  } catch (const std::exception& e) {
    last_error = e.what();
  } catch (...) {
    last_error = "libtorch threw an exception of unknown kind";
  }
  return -1;
}

using Pointer = c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>;

at::TensorImpl* impl(void* handle) { return static_cast<at::TensorImpl*>(handle); }

at::Tensor borrow(void* handle) { return handle ? at::Tensor(Pointer::reclaim_copy(impl(handle))) : at::Tensor(); }

void* give(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

c10::TypePtr without_optional(c10::TypePtr type) {
  return type->kind() == c10::TypeKind::OptionalType ? type->castRaw<c10::OptionalType>()->getElementType() : type;
}

// The dispatcher wants exactly the type that the schema names; C# sends the nearest of few.
c10::IValue convert(const Value& value, const c10::Argument& argument) {
  auto type = without_optional(argument.type());
  switch (value.tag) {
    case None:
      return c10::IValue();
    case TensorTag:
      return borrow(value.pointer);
    case Integer:
      if (type->kind() == c10::TypeKind::FloatType) return static_cast<double>(value.integer);
      if (type->kind() == c10::TypeKind::BoolType) return value.integer != 0;
      if (type->kind() == c10::TypeKind::ListType) return c10::List<int64_t>({value.integer});
      return value.integer;
    case Double:
      return value.number;
    case Bool:
      return value.integer != 0;
    case String:
      return std::string(static_cast<const char*>(value.pointer), value.length);
    case Integers: {
      auto data = static_cast<const int64_t*>(value.pointer);
      if (type->kind() == c10::TypeKind::ListType &&
          type->castRaw<c10::ListType>()->getElementType()->kind() == c10::TypeKind::FloatType) {
        c10::List<double> list;
        for (int64_t i = 0; i < value.length; i++) list.push_back(static_cast<double>(data[i]));
        return list;
      }
      c10::List<int64_t> list;
      list.reserve(value.length);
      for (int64_t i = 0; i < value.length; i++) list.push_back(data[i]);
      return list;
    }
    case Doubles: {
      auto data = static_cast<const double*>(value.pointer);
      c10::List<double> list;
      for (int64_t i = 0; i < value.length; i++) list.push_back(data[i]);
      return list;
    }
    case Tensors: {
      auto data = static_cast<void* const*>(value.pointer);
      bool optional = type->castRaw<c10::ListType>()->getElementType()->kind() == c10::TypeKind::OptionalType;
      if (optional) {
        // c10::optional or std::optional, as this libtorch has it.
        using OptionalTensor = decltype(c10::IValue().toOptional<at::Tensor>());
        c10::List<OptionalTensor> list;
        for (int64_t i = 0; i < value.length; i++) list.push_back(data[i] ? OptionalTensor(borrow(data[i])) : OptionalTensor());
        return list;
      }
      c10::List<at::Tensor> list;
      list.reserve(value.length);
      for (int64_t i = 0; i < value.length; i++) list.push_back(borrow(data[i]));
      return list;
    }
    case DeviceTag:
      return c10::Device(static_cast<c10::DeviceType>(value.integer), static_cast<c10::DeviceIndex>(value.length));
    case GeneratorTag:
      return *static_cast<at::Generator*>(value.pointer);
  }
  TORCH_CHECK(false, "argument ", argument.name(), " has an unknown tag ", value.tag);
}

Value result(c10::IValue&& value) {
  Value v{};
  if (value.isTensor()) {
    v.tag = TensorTag;
    v.pointer = give(std::move(value).toTensor());
  } else if (value.isTensorList()) {
    auto list = value.toTensorVector();
    auto handles = static_cast<void**>(std::malloc(sizeof(void*) * std::max<size_t>(list.size(), 1)));
    for (size_t i = 0; i < list.size(); i++) handles[i] = give(std::move(list[i]));
    v.tag = Tensors;
    v.pointer = handles;
    v.length = static_cast<int64_t>(list.size());
  } else if (value.isInt()) {
    v.tag = Integer;
    v.integer = value.toInt();
  } else if (value.isDouble()) {
    v.tag = Double;
    v.number = value.toDouble();
  } else if (value.isBool()) {
    v.tag = Bool;
    v.integer = value.toBool();
  } else {
    TORCH_CHECK(value.isNone(), "an operator returned a ", value.tagKind(), ", which the stand-in does not know");
  }
  return v;
}

at::Generator default_generator(int64_t device, int64_t index) {
  return at::globalContext().defaultGenerator(c10::Device(static_cast<c10::DeviceType>(device), static_cast<c10::DeviceIndex>(index)));
}

// libtorch returns freed memory to the kernel at every step; the page faults then cost more than the arithmetic.
// Several arenas would defeat the other settings on every thread but the first.
__attribute__((constructor)) void keep_memory() {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 2000000000);
  mallopt(M_TOP_PAD, 268435456);
}

}  // namespace

SHIM const char* semples_error() { return last_error.c_str(); }

// `signature`: the operator's full name, then the names of the arguments that calls will give, separated by spaces.
SHIM int64_t semples_operator(const char* signature, void** handle) {
  return guarded([&]() -> int64_t {
    std::istringstream words(signature);
    std::string full;
    words >> full;
    auto dot = full.find('.');
    auto name = full.substr(0, dot), overload = dot == std::string::npos ? std::string() : full.substr(dot + 1);
    auto found = c10::Dispatcher::singleton().findSchemaOrThrow(name.c_str(), overload.c_str());
    auto& arguments = found.schema().arguments();
    auto made = std::make_unique<Operator>(Operator{found, std::vector<int>(arguments.size(), -1)});
    std::string word;
    for (int place = 0; words >> word; place++) {
      size_t i = 0;
      while (i < arguments.size() && arguments[i].name() != word) i++;
      TORCH_CHECK(i < arguments.size(), "operator ", full, " has no argument ", word, " in this libtorch");
      made->given[i] = place;
    }
    for (size_t i = 0; i < arguments.size(); i++)
      TORCH_CHECK(made->given[i] >= 0 || arguments[i].default_value(), "operator ", full, " needs an argument ", arguments[i].name());
    *handle = made.release();
    return 0;
  });
}

// Returns the number of results, at most `capacity`, or -1.
SHIM int64_t semples_call(void* handle, const Value* values, Value* results, int64_t capacity) {
  return guarded([&]() -> int64_t {
    auto op = static_cast<Operator*>(handle);
    auto& arguments = op->handle.schema().arguments();
    torch::jit::Stack stack;
    stack.reserve(arguments.size());
    for (size_t i = 0; i < arguments.size(); i++)
      stack.push_back(op->given[i] >= 0 ? convert(values[op->given[i]], arguments[i]) : *arguments[i].default_value());
    op->handle.callBoxed(&stack);
    TORCH_CHECK(static_cast<int64_t>(stack.size()) <= capacity, "an operator returned ", stack.size(), " results");
    for (size_t i = 0; i < stack.size(); i++) results[i] = result(std::move(stack[i]));
    return static_cast<int64_t>(stack.size());
  });
}

SHIM void semples_free(void* memory) { std::free(memory); }

SHIM void semples_release(void* tensor) {
  if (tensor) Pointer::reclaim(impl(tensor));
}

SHIM int64_t semples_alias(void* tensor, void** same) {
  return guarded([&]() -> int64_t {
    *same = give(borrow(tensor));
    return 0;
  });
}

SHIM int64_t semples_dim(void* tensor) {
  return guarded([&]() -> int64_t { return impl(tensor)->dim(); });
}

SHIM int64_t semples_numel(void* tensor) {
  return guarded([&]() -> int64_t { return impl(tensor)->numel(); });
}

SHIM int64_t semples_sizes(void* tensor, int64_t* sizes, int64_t* strides) {
  return guarded([&]() -> int64_t {
    auto s = impl(tensor)->sizes();
    std::copy(s.begin(), s.end(), sizes);
    auto t = impl(tensor)->strides();
    std::copy(t.begin(), t.end(), strides);
    return 0;
  });
}

SHIM int64_t semples_dtype(void* tensor) {
  return guarded([&]() -> int64_t { return static_cast<int64_t>(c10::typeMetaToScalarType(impl(tensor)->dtype())); });
}

SHIM int64_t semples_device(void* tensor, int64_t* index) {
  return guarded([&]() -> int64_t {
    auto device = impl(tensor)->device();
    *index = device.index();
    return static_cast<int64_t>(device.type());
  });
}

SHIM void* semples_data(void* tensor) {
  void* data = nullptr;
  guarded([&]() -> int64_t {
    data = borrow(tensor).data_ptr();
    return 0;
  });
  return data;
}

SHIM int64_t semples_is_contiguous(void* tensor) {
  return guarded([&]() -> int64_t { return impl(tensor)->is_contiguous(); });
}

SHIM int64_t semples_is_leaf(void* tensor) {
  return guarded([&]() -> int64_t { return borrow(tensor).is_leaf(); });
}

SHIM int64_t semples_requires_grad(void* tensor) {
  return guarded([&]() -> int64_t { return borrow(tensor).requires_grad(); });
}

SHIM int64_t semples_set_requires_grad(void* tensor, int64_t on) {
  return guarded([&]() -> int64_t {
    borrow(tensor).set_requires_grad(on != 0);
    return 0;
  });
}

SHIM int64_t semples_grad(void* tensor, void** grad) {
  return guarded([&]() -> int64_t {
    *grad = give(borrow(tensor).grad());
    return 0;
  });
}

SHIM int64_t semples_set_grad(void* tensor, void* grad) {
  return guarded([&]() -> int64_t {
    borrow(tensor).mutable_grad() = borrow(grad);
    return 0;
  });
}

SHIM int64_t semples_set_data(void* tensor, void* data) {
  return guarded([&]() -> int64_t {
    borrow(tensor).set_data(borrow(data));
    return 0;
  });
}

SHIM int64_t semples_backward(void* tensor, void* gradient, int64_t retain_graph, int64_t create_graph) {
  return guarded([&]() -> int64_t {
    borrow(tensor).backward(borrow(gradient), retain_graph != 0, create_graph != 0);
    return 0;
  });
}

SHIM int64_t semples_grad_enabled() { return at::GradMode::is_enabled(); }

SHIM void semples_set_grad_enabled(int64_t on) { at::GradMode::set_enabled(on != 0); }

SHIM int64_t semples_threads() {
  return guarded([&]() -> int64_t { return at::get_num_threads(); });
}

SHIM int64_t semples_set_threads(int64_t count) {
  return guarded([&]() -> int64_t {
    at::set_num_threads(static_cast<int>(count));
    // OpenBLAS built on plain threads does not ask OpenMP how many it may use.
    if (auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(static_cast<int>(count));
    return 0;
  });
}

SHIM int64_t semples_cuda_devices() {
  return guarded([&]() -> int64_t {
    return at::globalContext().hasCUDA() ? c10::impl::getDeviceGuardImpl(c10::DeviceType::CUDA)->deviceCount() : 0;
  });
}

SHIM int64_t semples_generator(int64_t device, int64_t index, int64_t fresh, void** generator) {
  return guarded([&]() -> int64_t {
    auto existing = default_generator(device, index);
    *generator = new at::Generator(fresh ? existing.clone() : existing);
    return 0;
  });
}

SHIM int64_t semples_generator_seed(void* generator, int64_t seed) {
  return guarded([&]() -> int64_t {
    auto g = static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(g->mutex());
    g->set_current_seed(static_cast<uint64_t>(seed));
    return 0;
  });
}

SHIM void semples_generator_release(void* generator) { delete static_cast<at::Generator*>(generator); }

SHIM int64_t semples_seed_all(int64_t seed) {
  return guarded([&]() -> int64_t {
    at::manual_seed(static_cast<uint64_t>(seed));
    return 0;
  });
}

SHIM const char* semples_version() { return TORCH_VERSION; }
