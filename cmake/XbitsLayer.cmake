# SPDX-License-Identifier: MIT
# xbits_layer(NAME SOURCES... [LINK...]): one folder of src/ as an object library.
# A layer is compiled once; the libraries, the program and the tests link its objects.
function(xbits_layer name)
  cmake_parse_arguments(LAYER "" "" "SOURCES;LINK" ${ARGN})
  add_library(xbits_${name} OBJECT ${LAYER_SOURCES})
  target_compile_definitions(xbits_${name} PRIVATE XBITS_BUILDING)
  target_link_libraries(xbits_${name} PUBLIC xbits_compiler ${LAYER_LINK})
endfunction()

# xbits_test(NAME SOURCES... LAYERS... [LINK...] [LABELS...]): one cmocka program and its ctest entry.
# LAYERS are named one by one: a unit test proves that its layer needs no more than that.
function(xbits_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LAYERS;LINK;LABELS" ${ARGN})
  string(REPLACE "." "_" target "test_${name}")
  add_executable(${target} ${TEST_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE XBITS_STATIC)
  list(TRANSFORM TEST_LAYERS PREPEND xbits_)
  target_link_libraries(${target} PRIVATE xbits_compiler ${TEST_LAYERS} ${TEST_LINK} PkgConfig::CMOCKA)
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABELS}" TIMEOUT 300)
endfunction()
