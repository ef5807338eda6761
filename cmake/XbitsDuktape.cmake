# SPDX-License-Identifier: MIT
# Duktape, the script engine of store pages, from the amalgamated source that Debian's duktape-dev
# installs: the ready library cannot stop a script. A copy is changed in the build directory, so that
# a script is stopped inside the engine's own loops too; src/script/engine/js_duktape_config.h has the rest.
find_file(XBITS_DUKTAPE_SOURCE duktape.c PATH_SUFFIXES share/duktape src
  DOC "Amalgamated source of Duktape 2.7, duk_config.h and duktape.h beside it")
mark_as_advanced(XBITS_DUKTAPE_SOURCE)

# xbits_duktape_patch(OLD NEW): OLD in `code` becomes NEW, wherever it stands.
function(xbits_duktape_patch old new)
  string(FIND "${code}" "${old}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${XBITS_DUKTAPE_SOURCE} is not the Duktape 2.7 that is known: it lacks\n${old}")
  endif()
  string(REPLACE "${old}" "${new}" code "${code}")
  set(code "${code}" PARENT_SCOPE)
endfunction()

function(xbits_duktape_write target)
  file(READ ${XBITS_DUKTAPE_SOURCE} code)
  # A bytecode is not always quick: how many run between two looks is the host's decision.
  xbits_duktape_patch("#define DUK_HTHREAD_INTCTR_DEFAULT (256L * 1024L)"
    "#define DUK_HTHREAD_INTCTR_DEFAULT js_duktape_stride(thr->heap->heap_udata)")
  # Collecting again and again helps nobody once the script is to end.
  xbits_duktape_patch("#define DUK_HEAP_ALLOC_FAIL_MARKANDSWEEP_LIMIT \\\n\t10 "
    "#define DUK_HEAP_ALLOC_FAIL_MARKANDSWEEP_LIMIT \\\n\tjs_duktape_collections(heap->heap_udata) ")
  # Native functions.
  xbits_duktape_patch("\t\tif (func) {\n\t\t\trc = ((duk_hnatfunc *) func)->func(thr);"
    "\t\tJS_DUKTAPE_LOOK(thr);\n\t\tif (func) {\n\t\t\trc = ((duk_hnatfunc *) func)->func(thr);")
  # Regular expressions: each step, and each token while they are compiled.
  xbits_duktape_patch("#define DUK_RE_EXECUTE_STEPS_LIMIT 1000000000L" "#define DUK_RE_EXECUTE_STEPS_LIMIT 20000000L")
  xbits_duktape_patch("\t\tre_ctx->steps_count++;\n"
    "\t\tif ((re_ctx->steps_count++ & 0xff) == 0) {\n\t\t\tJS_DUKTAPE_LOOK(re_ctx->thr);\n\t\t}\n")
  xbits_duktape_patch("DUK_LOCAL void duk__regexp_emit_range(duk_re_compiler_ctx *re_ctx, duk_codepoint_t r1, duk_codepoint_t r2) {\n"
    "DUK_LOCAL void duk__regexp_emit_range(duk_re_compiler_ctx *re_ctx, duk_codepoint_t r1, duk_codepoint_t r2) {\n\tJS_DUKTAPE_SPEND(re_ctx->thr, 256);\n")
  # Searching one long text in another; sorting an array, and the keys of an object.
  xbits_duktape_patch("duk_memcmp((const void *) p, (const void *) q_start, (size_t) q_blen) == 0"
    "JS_DUKTAPE_COMPARE(thr, p, q_start, q_blen) == 0")
  xbits_duktape_patch("\thave1 = duk_get_prop_index(thr, idx_obj, (duk_uarridx_t) idx1);"
    "\tJS_DUKTAPE_LOOK(thr);\n\thave1 = duk_get_prop_index(thr, idx_obj, (duk_uarridx_t) idx1);")
  xbits_duktape_patch("\t\tval_curr = duk__hstring_sort_key(h_curr); /* Remains same"
    "\t\tJS_DUKTAPE_SPEND(thr, 256 + (size_t) (idx - idx_start));\n\t\tval_curr = duk__hstring_sort_key(h_curr); /* Remains same")
  xbits_duktape_patch("\t/* Quite lenient, e.g. allow empty as zero" "\tJS_DUKTAPE_SPEND(thr, DUK_HSTRING_GET_BYTELEN(duk_known_hstring(thr, -1)) + 1);\n\t/* Quite lenient, e.g. allow empty as zero")
  # Where the token starts that is not understood.
  xbits_duktape_patch("\tDUK_DDD(DUK_DDDPRINT(\"compile error, before adding line info: %!T\", (duk_tval *) duk_get_tval(thr, -1)));"
    "\tjs_duktape_syntax(thr->heap->heap_udata, thr->compile_ctx->curr_token.start_offset);\n\treturn;")
  # The names of a host object's members are not its target's.
  xbits_duktape_patch("\t\t\t\tDUK_DDD(DUK_DDDPRINT(\"ignore non-existent property: %!T\", duk_get_tval(thr, -1)));\n\t\t\t\tgoto skip_key;"
    "\t\t\t\t;")
  # Every Proxy is an object of the host's; one that can be called is still an object.
  xbits_duktape_patch("\t\tif (DUK_HOBJECT_IS_CALLABLE(obj)) {\n\t\t\tstridx = DUK_STRIDX_LC_FUNCTION;"
    "\t\tif (DUK_HOBJECT_IS_CALLABLE(obj) && !DUK_HOBJECT_IS_PROXY(obj)) {\n\t\t\tstridx = DUK_STRIDX_LC_FUNCTION;")
  # A global that the script does not have may be the window's.
  xbits_duktape_patch("\t\treturn 1;\n\t} else {\n\t\tif (throw_flag) {"
    "\t\treturn 1;\n\t} else {\n\t\tif (js_duktape_global(thr, (const char *) DUK_HSTRING_GET_DATA(name), DUK_HSTRING_GET_BYTELEN(name))) {\n\t\t\tduk_push_undefined(thr);\n\t\t\treturn 1;\n\t\t}\n\t\tif (throw_flag) {")
  xbits_duktape_patch("\tduk_to_undefined(thr, -1); /* [key] -> [undefined] (default value) */\n\n\tDUK_DDD(DUK_DDDPRINT(\"-> %!T (not found)\""
    "\tif (DUK_TVAL_IS_OBJECT(tv_obj) && DUK_TVAL_GET_OBJECT(tv_obj) == thr->builtins[DUK_BIDX_GLOBAL] &&\n\t    js_duktape_global(thr, (const char *) DUK_HSTRING_GET_DATA(key), DUK_HSTRING_GET_BYTELEN(key))) {\n\t\tduk_remove_m2(thr);\n\t\treturn 1;\n\t}\n\tduk_to_undefined(thr, -1);\n\n\tDUK_DDD(DUK_DDDPRINT(\"-> %!T (not found)\"")
  # Every form of a date but ISO's is the host's.
  xbits_duktape_patch("if (flags & DUK_DATE_FLAG_TOSTRING_LOCALE) {" "if (!(flags & DUK_DATE_FLAG_SEP_T)) {")
  # Who holds an object is not known from outside.
  string(APPEND code "\nsize_t js_duktape_references(void *heapptr)\n{\n\treturn (size_t) DUK_HEAPHDR_GET_REFCOUNT((duk_heaphdr *) heapptr);\n}\n")
  file(WRITE ${target}/duktape.c.new "${code}")
  file(COPY_FILE ${target}/duktape.c.new ${target}/duktape.c ONLY_IF_DIFFERENT)
endfunction()

if(XBITS_DUKTAPE_SOURCE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${XBITS_DUKTAPE_SOURCE} ${CMAKE_CURRENT_LIST_DIR}/XbitsDuktape.cmake)
  set(duktape_directory ${PROJECT_BINARY_DIR}/duktape)
  xbits_duktape_write(${duktape_directory})
  get_filename_component(duktape_source ${XBITS_DUKTAPE_SOURCE} DIRECTORY)
  foreach(header duktape.h duk_config.h)
    configure_file(${duktape_source}/${header} ${duktape_directory}/${header} COPYONLY)
  endforeach()
  add_library(xbits_duktape OBJECT ${duktape_directory}/duktape.c)
  target_include_directories(xbits_duktape PUBLIC ${duktape_directory})
  set_target_properties(xbits_duktape PROPERTIES C_EXTENSIONS ON C_STANDARD 11)
  target_compile_options(xbits_duktape PRIVATE -w -Werror=implicit-function-declaration
    -include ${PROJECT_SOURCE_DIR}/src/script/engine/js_duktape_config.h)
  if(XBITS_SANITIZE)
    # Addresses are watched; what C leaves undefined is the engine's own affair.
    target_compile_options(xbits_duktape PRIVATE -fsanitize=${XBITS_SANITIZE} -fno-sanitize=undefined
      -fno-omit-frame-pointer)
  endif()
else()
  message(STATUS "No source of Duktape (Debian: duktape-dev; or XBITS_DUKTAPE_SOURCE): no store pages")
endif()
