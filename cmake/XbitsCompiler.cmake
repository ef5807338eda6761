# SPDX-License-Identifier: MIT
# How every file of ours is compiled.
add_library(xbits_compiler INTERFACE)
target_include_directories(xbits_compiler INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(xbits_compiler INTERFACE _FILE_OFFSET_BITS=64 _TIME_BITS=64)
if(NOT WIN32)
  target_compile_definitions(xbits_compiler INTERFACE _POSIX_C_SOURCE=200809L)
endif()
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(xbits_compiler INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith
    -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wimplicit-fallthrough)
  # GCC cannot know that a failure is negative and guesses wrong about every _out behind TRY();
  # clang's own check of the same stays on.
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(xbits_compiler INTERFACE -Wno-maybe-uninitialized)
  endif()
  if(XBITS_WERROR)
    target_compile_options(xbits_compiler INTERFACE -Werror)
  endif()
endif()
if(XBITS_SANITIZE)
  target_compile_options(xbits_compiler INTERFACE -fsanitize=${XBITS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(xbits_compiler INTERFACE -fsanitize=${XBITS_SANITIZE})
endif()
